import type {
  DurableContext,
  DurableContextLogger,
  Duration,
  WaitForConditionConfig,
} from '@aws/durable-execution-sdk-js';
import type { FlowLogger } from './flow-logger.ts';
import { errorFields } from './logging.ts';
import type { RetryStrategy } from './retry-policies.ts';

export interface TaskContext {
  log: DurableContextLogger<FlowLogger>;
  /** 1 for the first attempt. */
  attempt: number;
}

/** What a flow is written with: every operation is recorded once and replayed after a restart. */
export interface FlowContext {
  /** Id of this run. */
  runId: string;
  log: DurableContextLogger<FlowLogger>;
  /**
   * Runs `work` and records its result; a recorded result is never computed again. Clock, chance and
   * I/O belong inside. The result is JSON and small: megabytes go to the blob store, by reference.
   */
  task<Result>(
    name: string,
    retry: RetryStrategy,
    work: (task: TaskContext) => Promise<Result>,
  ): Promise<Result>;
  /** Runs `work` for each item, at most `concurrency` at a time; the first failure fails the whole. */
  map<Item, Result>(
    name: string,
    batch: { items: Item[]; concurrency: number },
    work: (flow: FlowContext, item: Item) => Promise<Result>,
  ): Promise<Result[]>;
  /** Sleeps without costing anything; whole seconds. */
  wait(name: string, duration: Duration): Promise<void>;
  /**
   * Hands a callback id to `submit` and sleeps until someone answers it with a string.
   * @throws CallbackTimeoutError after `timeout`.
   */
  waitForCallback(
    name: string,
    options: { timeout: Duration; retry: RetryStrategy },
    submit: (callbackId: string) => Promise<void>,
  ): Promise<string>;
  /** Asks again and again, sleeping in between, until the wait strategy is content. */
  waitForCondition<State>(
    name: string,
    config: WaitForConditionConfig<State>,
    check: (state: State, task: TaskContext) => Promise<State>,
  ): Promise<State>;
  /** Starts another flow by its function name or ARN and sleeps until it has ended. */
  invoke<Result>(name: string, functionName: string, input: unknown): Promise<Result>;
}

/** The last part of the ARN is the run's id, on AWS and in the embedded engine alike. */
export function runIdOf(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf('/') + 1);
}

/** The history keeps an error's message but not its stack: the log has to. */
async function logFailure<Result>(
  log: TaskContext['log'],
  attempt: number,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    log.warn('Task attempt failed', { ...errorFields(error), attempt });
    throw error;
  }
}

export function createFlowContext(durable: DurableContext<FlowLogger>): FlowContext {
  return {
    runId: runIdOf(durable.executionContext.durableExecutionArn),
    log: durable.logger,

    task: (name, retryStrategy, work) =>
      durable.step(
        name,
        (step) =>
          logFailure(step.logger, step.attempt, () =>
            work({ log: step.logger, attempt: step.attempt }),
          ),
        { retryStrategy },
      ),

    map: async (name, { items, concurrency }, work) => {
      const batch = await durable.map(
        name,
        items,
        (child, item) => work(createFlowContext(child), item),
        { maxConcurrency: concurrency },
      );
      // The SDK stops at the first failure but does not throw it.
      batch.throwIfError();
      return batch.getResults();
    },

    wait: (name, duration) => durable.wait(name, duration),

    waitForCallback: (name, { timeout, retry }, submit) =>
      durable.waitForCallback(name, submit, { timeout, retryStrategy: retry }),

    waitForCondition: (name, config, check) =>
      durable.waitForCondition(
        name,
        (state, step) => check(state, { log: step.logger, attempt: step.attempt }),
        config,
      ),

    invoke: (name, functionName, input) => durable.invoke(name, functionName, input),
  };
}
