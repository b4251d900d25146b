import { randomUUID } from 'node:crypto';
import type { BridgeEvent } from '../events/put-events.ts';
import { executionStatus, type ExecutionView } from './durable-executions.ts';

/**
 * What Lambda tells the default bus of an execution that has begun or ended.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 */
export function statusChangeEvent(
  { arn, run }: ExecutionView,
  { region, account }: { region: string; account: string },
): BridgeEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Durable Execution Status Change',
    source: 'aws.lambda',
    account,
    time: (run.endedAt ?? run.startedAt).replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [],
    detail: {
      durableExecutionArn: arn,
      durableExecutionName: run.name,
      functionArn: arn.split('/durable-execution/')[0],
      status: executionStatus(run),
      startTimestamp: run.startedAt,
      ...(run.endedAt !== null && { endTimestamp: run.endedAt }),
    },
  };
}
