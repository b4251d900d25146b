import type { DurableContextLogger } from '@aws/durable-execution-sdk-js';
import type { FlowContext } from '../../lib/runtime/flow-context.ts';
import type { FlowLogger } from '../../lib/runtime/flow-logger.ts';

/** A run whose waits take no time: it notes how long they would have been. */
export function buildWaitingFlow() {
  const pauses: number[] = [];
  const tasks: string[] = [];
  const warnings: string[] = [];
  const log: DurableContextLogger<FlowLogger> = {
    debug: () => {},
    info: () => {},
    warn: (message: string) => warnings.push(message),
    error: () => {},
    log: () => {},
  };
  const flow: Pick<FlowContext, 'log' | 'runId' | 'task' | 'waitForCondition'> = {
    runId: 'run-1',
    log,
    task: (name, _retry, work) => {
      tasks.push(name);
      return work({ attempt: 1, log });
    },
    async waitForCondition(name, { initialState, waitStrategy }, check) {
      tasks.push(name);
      let state = initialState;
      for (let attempt = 1; ; attempt += 1) {
        state = await check(state, { attempt, log });
        const decision = waitStrategy(state, attempt);
        if (!decision.shouldContinue) return state;
        pauses.push(decision.delay.seconds ?? 0);
      }
    },
  };
  return { flow, pauses, tasks, warnings };
}
