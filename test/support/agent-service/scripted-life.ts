/** How an agent run goes on by itself. */
export interface ScriptedLife {
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Milliseconds until it has ended. */
  afterMs: number;
  /** Shown one after the other until then, each for the same time. */
  statuses: readonly string[];
  finalStatus: string;
  /** It does not end: the last of `statuses` stays. */
  never: boolean;
}

export function hasEnded({ afterMs, never, startedAt }: ScriptedLife, now: number): boolean {
  return !never && now >= startedAt + afterMs;
}

export function statusAt(life: ScriptedLife, now: number): string {
  if (hasEnded(life, now)) return life.finalStatus;
  const { afterMs, startedAt, statuses } = life;
  const share = (now - startedAt) / Math.max(afterMs, 1);
  const index = Math.min(Math.floor(share * statuses.length), statuses.length - 1);
  return statuses[index] ?? life.finalStatus;
}
