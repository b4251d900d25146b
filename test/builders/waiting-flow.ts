import type { DurableContextLogger } from '@aws/durable-execution-sdk-js';
import type { FlowContext } from '../../lib/runtime/flow-context.ts';
import type { FlowLogger } from '../../lib/runtime/flow-logger.ts';

const notPlayed = () => Promise.reject(new Error('This run cannot do that'));

/**
 * A run whose waits take no time: it notes how long they would have been. Its branches are worked
 * off one after the other.
 * @param letPass is told each wait, in seconds
 */
export function buildWaitingFlow(letPass: (seconds: number) => void = () => {}) {
  const pauses: number[] = [];
  const tasks: string[] = [];
  const infos: string[] = [];
  const warnings: string[] = [];
  const log: DurableContextLogger<FlowLogger> = {
    debug: () => {},
    info: (message: string) => infos.push(message),
    warn: (message: string) => warnings.push(message),
    error: () => {},
    log: () => {},
  };
  const flow: FlowContext = {
    runId: 'run-1',
    log,
    async task(name, retry, work) {
      tasks.push(name);
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await work({ attempt, log });
        } catch (error) {
          const decision = retry(
            error instanceof Error ? error : new Error(String(error)),
            attempt,
          );
          if (!decision.shouldRetry) throw error;
          letPass(decision.delay?.seconds ?? 0);
        }
      }
    },
    async waitForCondition(name, { initialState, waitStrategy }, check) {
      tasks.push(name);
      let state = initialState;
      for (let attempt = 1; ; attempt += 1) {
        state = await check(state, { attempt, log });
        const decision = waitStrategy(state, attempt);
        if (!decision.shouldContinue) return state;
        const seconds = decision.delay.seconds ?? 0;
        pauses.push(seconds);
        letPass(seconds);
      }
    },
    async parallel(_name, branches) {
      const results = [];
      for (const { work } of branches) results.push(await work(flow));
      return results;
    },
    child: notPlayed,
    invoke: notPlayed,
    map: notPlayed,
    taskOnce: notPlayed,
    wait: notPlayed,
    waitForCallback: notPlayed,
  };
  return { flow, infos, pauses, tasks, warnings };
}
