export interface ConcurrencyCaps {
  total: number;
  perFlow: Readonly<Record<string, number>>;
}

interface Lane {
  /** Run ids in the order in which they came. */
  waiting: Set<string>;
  active: number;
}

export type RunQueue = ReturnType<typeof createRunQueue>;

/**
 * Runs that want to be invoked: first come first served within a flow, flows by turns, so that a
 * flow with a thousand runs does not keep the others waiting.
 */
export function createRunQueue(caps: ConcurrencyCaps) {
  const lanes = new Map<string, Lane>();
  let active = 0;

  const laneOf = (flow: string): Lane => {
    const known = lanes.get(flow);
    if (known) return known;
    const lane = { waiting: new Set<string>(), active: 0 };
    lanes.set(flow, lane);
    return lane;
  };

  return {
    /** Without effect for a run that waits already. */
    add(flow: string, runId: string): void {
      laneOf(flow).waiting.add(runId);
    },

    /** Takes the next run that fits under the caps and counts it as active until `release`. */
    take(): { flow: string; runId: string } | undefined {
      if (active >= caps.total) return undefined;
      for (const [flow, lane] of lanes) {
        const [runId] = lane.waiting;
        if (runId === undefined || lane.active >= (caps.perFlow[flow] ?? Infinity)) continue;
        lane.waiting.delete(runId);
        lane.active += 1;
        active += 1;
        // To the end of the line: the other flows come first next time.
        lanes.delete(flow);
        lanes.set(flow, lane);
        return { flow, runId };
      }
      return undefined;
    },

    release(flow: string): void {
      laneOf(flow).active -= 1;
      active -= 1;
    },
  };
}
