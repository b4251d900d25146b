/**
 * `throttle`, `error500`, `hang`, `reset`: in place of the operation. `cut`: the operation is carried out,
 * but the connection ends in the middle of the answer. `partial`: every second entry of a batch fails, the
 * first among them.
 */
export type FaultAct = 'throttle' | 'error500' | 'hang' | 'reset' | 'cut' | 'partial';

export interface FaultScript {
  /** `events` */
  service: string;
  /** Default: every operation of the service. */
  operation?: string;
  /** Default: every input. */
  when?: (input: Readonly<Record<string, unknown>>) => boolean;
  /** How many requests it hits. Default: 1. */
  times?: number;
  act: FaultAct;
}

export interface FaultTarget {
  service: string;
  operation: string;
  input: Readonly<Record<string, unknown>>;
}

/** What was scripted and has not happened yet; the oldest script that fits comes first. */
export function createFaults() {
  const scripts: (FaultScript & { left: number })[] = [];
  return {
    add: (script: FaultScript) => void scripts.push({ ...script, left: script.times ?? 1 }),
    take({ service, operation, input }: FaultTarget): FaultAct | undefined {
      const script = scripts.find(
        (candidate) =>
          candidate.left > 0 &&
          candidate.service === service &&
          (candidate.operation ?? operation) === operation &&
          (candidate.when?.(input) ?? true),
      );
      if (script === undefined) return undefined;
      script.left -= 1;
      return script.act;
    },
  };
}
