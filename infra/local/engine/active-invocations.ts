/** One call of a flow's handler that is under way. */
export interface Invocation {
  readonly id: string;
  readonly runId: string;
  readonly flow: string;
  /** The only token that the next checkpoint may carry. */
  token: string;
  checkpoints: number;
  /** Operations changed from outside since the last answer to the handler. */
  readonly touched: Set<string>;
  /** A checkpoint could not be saved: the storage is to blame for the failure, not the flow. */
  storageProblem: Error | undefined;
}

export type ActiveInvocations = ReturnType<typeof createActiveInvocations>;

/**
 * At most one invocation per run counts. Whoever ends a run from outside removes its invocation
 * here; from then on its checkpoints are refused and its result is ignored.
 */
export function createActiveInvocations() {
  const byRun = new Map<string, Invocation>();
  let whenIdle: (() => void)[] = [];

  return {
    begin(runId: string, flow: string, id: string): Invocation {
      const invocation: Invocation = {
        id,
        runId,
        flow,
        token: `${id}#0`,
        checkpoints: 0,
        touched: new Set(),
        storageProblem: undefined,
      };
      byRun.set(runId, invocation);
      return invocation;
    },

    get: (runId: string) => byRun.get(runId),

    isCurrent: (invocation: Invocation) => byRun.get(invocation.runId) === invocation,

    /** Each answer carries a new token, so that a repeated or late checkpoint is noticed. */
    renewToken(invocation: Invocation): string {
      invocation.checkpoints += 1;
      invocation.token = `${invocation.id}#${invocation.checkpoints}`;
      return invocation.token;
    },

    /** Gives the invocation that counted until now. */
    remove(runId: string): Invocation | undefined {
      const invocation = byRun.get(runId);
      byRun.delete(runId);
      if (byRun.size === 0) {
        for (const resolve of whenIdle) resolve();
        whenIdle = [];
      }
      return invocation;
    },

    /** From now on nothing counts. */
    removeAll(): void {
      byRun.clear();
    },

    count: () => byRun.size,

    idle: () =>
      byRun.size === 0
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            whenIdle.push(resolve);
          }),
  };
}
