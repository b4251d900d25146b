import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  DurableExecutionApiClient,
  withDurableExecution,
  type DurableContext,
  type DurableExecutionInvocationInput,
} from '@aws/durable-execution-sdk-js';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LambdaContext } from '../../../infra/local/engine/engine-interface.ts';
import { createAwsRuns, type AwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { recordStatusChange } from '../../../lib/adapters/aws/durable/status-changes.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { startAwsServer, type AwsServer } from '../aws/aws-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export type TestFlow = (
  input: Record<string, unknown>,
  context: DurableContext,
) => Promise<unknown>;

/** Runs on durable functions that the AWS server plays, in this process. */
export interface AwsRunsWorld {
  runs: AwsRuns;
  server: AwsServer;
  store: Store;
  lambda: LambdaClient;
  /** Flow → ARN of its alias. */
  flows: Record<string, string>;
  /** What the recorder has failed with. */
  problems: unknown[];
  /** False: news of runs is lost, as if the recorder was not there. */
  tellsNews: boolean;
}

function lambdaContext(functionName: string): LambdaContext {
  return {
    awsRequestId: crypto.randomUUID(),
    functionName,
    functionVersion: '1',
    invokedFunctionArn: '',
    memoryLimitInMB: '128',
    logGroupName: '',
    logStreamName: '',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => 60_000,
  };
}

export async function startAwsRuns(
  testFlows: Record<string, TestFlow>,
  options: { store?: Store } = {},
): Promise<AwsRunsWorld> {
  const problems: unknown[] = [];
  const recording = new Set<Promise<unknown>>();
  const server = await startAwsServer({
    onMatch: (_rule, _target, event) => {
      if (!world.tellsNews) return;
      const recorded = recordStatusChange(event, world)
        .catch((problem: unknown) => problems.push(problem))
        .finally(() => recording.delete(recorded));
      recording.add(recorded);
    },
  });
  const sqlite = openSqliteStore(join(temporaryFolder(), 'store.db'));
  onTestFinished(async () => {
    await Promise.all(recording);
    await server.close();
    await sqlite.close();
  });
  const lambda = new LambdaClient(server.clientSettings);
  const logs = new CloudWatchLogsClient(server.clientSettings);
  const store = options.store ?? sqlite;
  const flows = deploy(server, lambda, testFlows);
  const runs = createAwsRuns({ lambda, logs, store, flows });
  const world: AwsRunsWorld = { runs, server, store, lambda, flows, problems, tellsNews: true };
  const rule = { Name: 'status-changes', EventBusName: 'default' };
  server.events.rules.put({ ...rule, EventPattern: '{"source":["aws.lambda"]}' });
  server.events.rules.addTargets({
    Rule: rule.Name,
    Targets: [{ Id: 'recorder', Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:recorder' }],
  });
  return world;
}

/** Functions of this process that speak HTTP with the server, as deployed ones do. */
function deploy(
  server: AwsServer,
  lambda: LambdaClient,
  testFlows: Record<string, TestFlow>,
): Record<string, string> {
  const arns = Object.entries(testFlows).map(([name, flow]) => {
    const handler = withDurableExecution(flow, {
      durableExecutionClient: new DurableExecutionApiClient(lambda),
    });
    server.addFunction({
      name,
      executionTimeoutSeconds: 60,
      async invoke(payload) {
        const event: DurableExecutionInvocationInput = JSON.parse(JSON.stringify(payload));
        const output = await handler(event, lambdaContext(name));
        return { status: 'ok', payload: JSON.parse(JSON.stringify(output)) };
      },
    });
    const arn = `arn:aws:lambda:${server.region}:${server.account}:function:${name}:live`;
    return [name, arn] as const;
  });
  return Object.fromEntries(arns);
}
