import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RunSummary } from '../../../domain/run.ts';
import type { Runs } from '../../../ports/runs.ts';
import type { Store } from '../../../ports/store.ts';
import { isRunId, usualLogGroup } from './execution-arn.ts';
import { getRun } from './run-detail.ts';
import { findRuns, listRuns } from './run-lists.ts';
import { readRunLog } from './run-logs.ts';
import { createRunParts } from './run-parts.ts';
import { summaryOf, type RunRecord } from './run-record.ts';
import { startRun } from './start-run.ts';
import { retryRun, stopRun } from './steer-run.ts';

export interface AwsRuns extends Runs {
  /** Runs whose id begins with `prefix`, newest first, 10 at most. */
  findRuns(prefix: string): Promise<RunSummary[]>;
}

export interface AwsRunsOptions {
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  store: Store;
  /** The flows that may be started, each with the ARN of its alias. */
  flows: Readonly<Record<string, string>>;
  /** Flow → its log group. Default: where Lambda writes unless it is told otherwise. */
  logGroups?: Readonly<Record<string, string>>;
  /** Days for which ended runs are listed. Default: 14. */
  retentionDays?: number;
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: () => number;
}

/**
 * Runs on Lambda's durable functions. Lists come from records in the store, which `recordStatusChange` keeps
 * up to date; what a run has done and logged is asked of Lambda and CloudWatch when somebody looks at it.
 */
export function createAwsRuns(options: AwsRunsOptions): AwsRuns {
  const { logGroups = {}, logs, store } = options;
  const parts = createRunParts(options);
  const { names, records } = parts;
  const readRecord = async (runId: string): Promise<RunRecord | undefined> =>
    isRunId(runId) ? records.get(runId) : undefined;

  return {
    start: (request) => startRun(parts, request),
    list: (query) => listRuns(store, query),
    get: (runId) => getRun(parts, runId),

    async getSummary(runId) {
      const record = await readRecord(runId);
      return record && summaryOf(record);
    },

    findRuns: (prefix) => findRuns(store, prefix),

    async findByName(name) {
      const runId = (await names.get(name))?.runId;
      const record = typeof runId === 'string' ? await readRecord(runId) : undefined;
      return record && summaryOf(record);
    },

    async logs(runId, page = {}) {
      const run = await readRecord(runId);
      if (run === undefined) return [];
      const logGroup = logGroups[run.flow] ?? usualLogGroup(run.arn);
      return readRunLog(logs, { logGroup, run }, page);
    },

    stop: (runId, reason, { errorType = 'Stopped' } = {}) =>
      stopRun(parts, runId, { type: errorType, message: reason }),

    retry: (runId, { name = `retry-${crypto.randomUUID()}` } = {}) => retryRun(parts, runId, name),
  };
}
