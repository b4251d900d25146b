import { createRetryStrategy, retryPresets, type StepConfig } from '@aws/durable-execution-sdk-js';
import { ConfigError, RequestRejectedError, UpstreamError } from '../domain/errors.ts';

export type RetryStrategy = NonNullable<StepConfig<unknown>['retryStrategy']>;

/** Another attempt cannot help: the input, the configuration or the other side's final answer is at fault. */
function isFinal(error: Error): boolean {
  if (error instanceof RequestRejectedError || error instanceof ConfigError) return true;
  return error instanceof UpstreamError && !error.retryable;
}

function unlessFinal(strategy: RetryStrategy): RetryStrategy {
  return (error, attempt) => (isFinal(error) ? { shouldRetry: false } : strategy(error, attempt));
}

const persistent = createRetryStrategy({
  maxAttempts: 8,
  initialDelay: { seconds: 4 },
  maxDelay: { seconds: 120 },
  backoffRate: 2,
});

const lasting = createRetryStrategy({
  maxAttempts: 24,
  initialDelay: { seconds: 4 },
  maxDelay: { seconds: 300 },
  backoffRate: 2,
});

/** How often a task is attempted. Every task names one: there is no default. */
export const retries = {
  /** One attempt. */
  none: retryPresets.noRetry,
  /** Three attempts, 2 s and 4 s apart: local work and disks. */
  few: unlessFinal(
    createRetryStrategy({ maxAttempts: 3, initialDelay: { seconds: 2 }, backoffRate: 2 }),
  ),
  /** Six attempts over about two minutes: services over the network. */
  patient: unlessFinal(
    createRetryStrategy({
      maxAttempts: 6,
      initialDelay: { seconds: 4 },
      maxDelay: { seconds: 60 },
      backoffRate: 2,
    }),
  ),
  /** Eight attempts over about three minutes: what is waited for anyway, at services with limits by the minute. */
  persistent: unlessFinal(persistent),
  /**
   * 24 attempts over about three quarters of an hour: what was paid for already. Only while a service fails in passing;
   * else as often as `persistent`.
   */
  lasting: unlessFinal((error, attempt) =>
    error instanceof UpstreamError ? lasting(error, attempt) : persistent(error, attempt),
  ),
} satisfies Record<string, RetryStrategy>;
