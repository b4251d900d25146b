import {
  NestingType,
  StepSemantics,
  type DurableContext,
  type DurableContextLogger,
  type Duration,
  type StepFunc,
  type WaitForConditionConfig,
} from '@aws/durable-execution-sdk-js';
import type { FlowLogger } from './flow-logger.ts';
import { errorFields } from './logging.ts';
import { retries, type RetryStrategy } from './retry-policies.ts';

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
  /**
   * Runs `work` at most once, also when the process dies in the middle: for what must not happen twice.
   * A run that finds it begun and not ended fails; whoever needs to know more asks the other side.
   */
  taskOnce<Result>(name: string, work: (task: TaskContext) => Promise<Result>): Promise<Result>;
  /**
   * Runs the branches side by side; the first failure fails the whole. Results in their order. Each may wait for
   * itself: the run sleeps while all of them do.
   */
  parallel<Result>(
    name: string,
    branches: { name: string; work: (flow: FlowContext) => Promise<Result> }[],
  ): Promise<Result[]>;
  /** Runs a part of the flow under a name of its own. */
  child<Result>(name: string, work: (flow: FlowContext) => Promise<Result>): Promise<Result>;
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
function loggingFailures<Result>(
  work: (task: TaskContext) => Promise<Result>,
): StepFunc<Result, FlowLogger> {
  return async ({ attempt, logger }) => {
    try {
      return await work({ log: logger, attempt });
    } catch (error) {
      logger.warn('Task attempt failed', { ...errorFields(error), attempt });
      throw error;
    }
  };
}

export function createFlowContext(durable: DurableContext<FlowLogger>): FlowContext {
  return {
    runId: runIdOf(durable.executionContext.durableExecutionArn),
    log: durable.logger,

    task: (name, retryStrategy, work) =>
      durable.step(name, loggingFailures(work), { retryStrategy }),

    taskOnce: (name, work) =>
      durable.step(name, loggingFailures(work), {
        retryStrategy: retries.none,
        semantics: StepSemantics.AtMostOncePerRetry,
      }),

    parallel: async (name, branches) => {
      const batch = await durable.parallel(
        name,
        branches.map((branch) => ({
          name: branch.name,
          func: (child: DurableContext<FlowLogger>) => branch.work(createFlowContext(child)),
        })),
        // Each operation is paid for: a context around each branch would be one more.
        { nesting: NestingType.FLAT },
      );
      batch.throwIfError();
      return batch.getResults();
    },

    child: (name, work) =>
      durable.runInChildContext(name, (child) => work(createFlowContext(child))),

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
