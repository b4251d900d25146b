import { createLambdaClient, createLogsClient } from '../../lib/adapters/aws/durable/clients.ts';
import { createAwsRuns } from '../../lib/adapters/aws/durable/runs.ts';
import type { Runs } from '../../lib/ports/runs.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { deployedFlows } from './deployed-flows.ts';

/** @throws ConfigError */
export function deployedRuns({ config, store }: { config: LoadedConfig; store: Store }): Runs {
  return createAwsRuns({
    lambda: createLambdaClient(),
    logs: createLogsClient(),
    store,
    flows: deployedFlows(),
    retentionDays: config.config.runs.retentionDays,
  });
}
