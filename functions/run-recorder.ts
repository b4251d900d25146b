import { createLambdaClient } from '../lib/adapters/aws/durable/clients.ts';
import { recordStatusChange } from '../lib/adapters/aws/durable/status-changes.ts';
import { finalRunStates } from '../lib/domain/run.ts';
import { countMetric } from '../lib/runtime/metrics.ts';
import { onceUnlessFailed } from '../lib/runtime/once-unless-failed.ts';
import { deployedFlows } from './services/deployed-flows.ts';
import { deployedServices } from './services/deployed-services.ts';

const options = onceUnlessFailed(async () => {
  const { config, store } = await deployedServices(['config', 'store']);
  const { retentionDays } = config.config.runs;
  return { lambda: createLambdaClient(), store, flows: deployedFlows(), retentionDays };
});

/** Records what Lambda tells of its durable executions, so that lists need not ask it. */
export async function handler(event: unknown): Promise<void> {
  const change = await recordStatusChange(event, await options());
  if (change.kind === 'ignored' || !finalRunStates.includes(change.state)) return;
  countMetric('RunEnded', { flow: change.flow, state: change.state });
}
