import { createLambdaClient } from '../lib/adapters/aws/durable/clients.ts';
import { recordStatusChange } from '../lib/adapters/aws/durable/status-changes.ts';
import { endingOf } from '../lib/domain/run-ending.ts';
import { freeSlotOf } from '../lib/flows/component-analysis/slots.ts';
import { countMetric } from '../lib/runtime/metrics.ts';
import { onceUnlessFailed } from '../lib/runtime/once-unless-failed.ts';
import { deployedFlows } from './services/deployed-flows.ts';
import { deployedServices } from './services/deployed-services.ts';

const options = onceUnlessFailed(async () => {
  const { config, leases, store } = await deployedServices(['config', 'leases', 'store']);
  const { retentionDays } = config.config.runs;
  return { lambda: createLambdaClient(), leases, store, flows: deployedFlows(), retentionDays };
});

/** Records what Lambda tells of its durable executions, so that lists need not ask it. */
export async function handler(event: unknown): Promise<void> {
  const parts = await options();
  const change = await recordStatusChange(event, parts);
  const outcome = change.kind === 'recorded' ? endingOf(change) : undefined;
  if (change.kind === 'ignored' || outcome === undefined) return;
  if (parts.leases !== undefined) await freeSlotOf(change, parts.leases);
  // Last: what fails before is done again, and would be counted twice.
  countMetric('RunEnded', { flow: change.flow, outcome });
}
