import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ingressProject } from './ingress-project.ts';
import type { SignedDelivery } from './signed-delivery.ts';
import { startTestHost, type RunningHost } from './start-host.ts';

export function startIngressHost(files: Record<string, string> = {}): Promise<RunningHost> {
  return startTestHost({ ...ingressProject, ...files });
}

/** Replaces the `.env` of a running host's project. */
export function writeEnvFile(folder: string, variables: Record<string, string>): void {
  const draft = join(folder, '.env.new');
  writeFileSync(
    draft,
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  renameSync(draft, join(folder, '.env'));
}

export async function sendDelivery(
  url: string,
  source: 'github' | 'linear',
  { body, headers }: SignedDelivery,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/webhooks/${source}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

const deliveriesSchema = z.object({
  deliveries: z.array(
    z.object({ id: z.string(), source: z.string(), type: z.string(), decision: z.string() }),
  ),
  next: z.string().nullable(),
});
export type ListedDelivery = z.infer<typeof deliveriesSchema>['deliveries'][number];

/** Every delivery that the host has kept. */
export async function listDeliveries(url: string): Promise<ListedDelivery[]> {
  const found: ListedDelivery[] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const response = await fetch(`${url}/api/deliveries?limit=200${cursor}`);
    const page = deliveriesSchema.parse(await response.json());
    found.push(...page.deliveries);
    next = page.next;
  }
  return found;
}

const metricsSchema = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      dimensions: z.record(z.string(), z.string()),
      value: z.number(),
    }),
  ),
});

/** Metrics that the host has counted so far, by name and dimensions: `WebhookVerified github current`. */
export async function readMetrics(url: string): Promise<Record<string, number>> {
  const { metrics } = metricsSchema.parse(await (await fetch(`${url}/api/metrics`)).json());
  return Object.fromEntries(
    metrics.map(({ dimensions, name, value }) => [
      [name, ...Object.values(dimensions)].join(' '),
      value,
    ]),
  );
}
