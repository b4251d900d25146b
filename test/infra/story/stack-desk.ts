import { createLambdaClient, createLogsClient } from '../../../lib/adapters/aws/durable/clients.ts';
import { createAwsRuns, type AwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { createDynamodbClient } from '../../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../../lib/adapters/aws/dynamodb/store.ts';
import { createS3Blobs } from '../../../lib/adapters/aws/s3/blobs.ts';
import { createS3Client } from '../../../lib/adapters/aws/s3/client.ts';
import { finalRunStates, type RunDetail, type RunSummary } from '../../../lib/domain/run.ts';
import {
  createDeliveryRecords,
  type DeliveryRecords,
} from '../../../lib/flows/dispatch/delivery-records.ts';
import type { Blobs } from '../../../lib/ports/blobs.ts';
import type { Store } from '../../../lib/ports/store.ts';
import type { RunningStack } from '../harness/stack.ts';
import { untilFound } from './until-found.ts';

/** What an operator sees of a stack, with rights to all of it. */
export interface StackDesk {
  runs: AwsRuns;
  deliveries: DeliveryRecords;
  blobs: Blobs;
  store: Store;
  /** Runs of a flow, newest first. */
  list(flow: string): Promise<RunSummary[]>;
  /** The newest runs of a flow as soon as there are so many and all have ended, newest first. */
  untilEnded(flow: string, count?: number): Promise<RunDetail[]>;
}

export function openDesk(stack: RunningStack): StackDesk {
  const { aws, outputs } = stack;
  const settings = aws.clientSettings;
  const store = createDynamodbStore({
    client: createDynamodbClient(settings),
    table: outputs.Table,
  });
  const logGroups = Object.entries(outputs.Functions).map(
    ([file, { logGroup }]) => [file, logGroup] as const,
  );
  const runs = createAwsRuns({
    lambda: createLambdaClient(settings),
    logs: createLogsClient(settings),
    store,
    flows: outputs.Flows,
    logGroups: Object.fromEntries(logGroups),
  });
  const list = async (flow: string) => (await runs.list({ flow, limit: 50 })).runs;
  return {
    runs,
    store,
    deliveries: createDeliveryRecords(store, Date.now),
    blobs: createS3Blobs({ client: createS3Client(settings), bucket: outputs.Bucket }),
    list,
    async untilEnded(flow, count = 1) {
      const ended = await untilFound(stack, `${count} ended runs of ${flow}`, async () => {
        const found = await list(flow);
        const areThere = found.length >= count;
        return areThere && found.every(({ state }) => finalRunStates.includes(state)) && found;
      });
      const details = await Promise.all(ended.map(({ id }) => runs.get(id)));
      return details.filter((run) => run !== undefined);
    },
  };
}
