import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Store } from '../../../ports/store.ts';
import { createExecutions, type Executions } from './executions.ts';
import { createRunNames, type RunNames } from './run-names.ts';
import { createRunRecords, type RunRecords } from './run-records.ts';

/** What starting, reading, steering and recording runs works with. */
export interface RunParts {
  executions: Executions;
  names: RunNames;
  records: RunRecords;
  /** Flow → ARN of its alias. */
  flows: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const usualRetentionDays = 14;

export function createRunParts({
  flows,
  lambda,
  now = Date.now,
  retentionDays = usualRetentionDays,
  store,
}: {
  lambda: LambdaClient;
  store: Store;
  flows: Readonly<Record<string, string>>;
  retentionDays?: number;
  now?: () => number;
}): RunParts {
  const records = createRunRecords(store, retentionDays);
  return {
    executions: createExecutions(lambda, now),
    names: createRunNames(store, () =>
      records.keptUntil({ startedAt: new Date(now()).toISOString(), endedAt: null }),
    ),
    records,
    flows,
    now,
  };
}
