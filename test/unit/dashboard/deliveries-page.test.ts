import { expect, test } from 'vitest';
import { deliveriesPage } from '../../../lib/dashboard/deliveries-page.ts';
import { formatOutcome } from '../../../lib/dashboard/delivery-text.ts';
import { deliveryPage } from '../../../lib/dashboard/delivery-page.ts';
import type { Delivery } from '../../../lib/domain/delivery.ts';
import { buildEvent } from '../../builders/events.ts';

const delivery: Delivery = {
  id: '0f6b3a52-7f7e-11f0-8de9-0242ac120002',
  source: 'github',
  type: 'push',
  receivedAt: '2026-11-22T10:00:00.000Z',
  decision: 'run',
  runId: '5f0c9a1e-run',
};

async function pageOf(deliveries: Delivery[], next: string | null = null): Promise<string> {
  return String(await deliveriesPage({ deliveries, next }, { pause: null }));
}

test('links every run of a delivery', async () => {
  const page = await pageOf([{ ...delivery, runIds: ['5f0c9a1e-run', '77b0c2d4-run'] }]);
  expect(page).toContain('<a href="/runs/5f0c9a1e-run"><code>5f0c9a1e</code></a>');
  expect(page).toContain('<a href="/runs/77b0c2d4-run"><code>77b0c2d4</code></a>');
  expect(page).toContain('2026-11-22 10:00:00');
});

test('shows words of strangers as text', async () => {
  const reason = 'nothing listens to <script>\u202ealert</script>';
  const page = await pageOf([
    { ...delivery, decision: 'ignored', type: '<b>', reason, runId: undefined },
  ]);
  expect(page).toContain('nothing listens to &lt;script&gt;\ufffdalert&lt;/script&gt;');
  expect(page).toContain('&lt;b&gt;');
  expect(page).not.toContain('<script>');
});

test('one that waits again shows why, and what it had started before', async () => {
  const page = await pageOf([{ ...delivery, decision: 'pending', reason: 'Paused' }]);
  expect(page).toContain('Paused');
  expect(page).toContain('<a href="/runs/5f0c9a1e-run">');
});

test('loads itself again only while a delivery waits, and without haste: a pause may be long', async () => {
  expect(await pageOf([delivery])).not.toContain('http-equiv="refresh"');
  const waiting = await pageOf([{ ...delivery, decision: 'pending' }]);
  expect(waiting).toContain('<meta http-equiv="refresh" content="10" />');
});

test('leads to older deliveries where there are some', async () => {
  expect(await pageOf([delivery])).not.toContain('Older deliveries');
  expect(await pageOf([delivery], 'a+b')).toContain('href="/deliveries?cursor=a%2Bb"');
});

test('says what to do when there is none', async () => {
  expect(await pageOf([])).toContain('/webhooks/github');
});

test.each([
  [{ runId: 'aaaaaaaa-1' }, 'run aaaaaaaa'],
  [{ runId: 'aaaaaaaa-1', runIds: ['aaaaaaaa-1', 'bbbbbbbb-2'] }, 'runs aaaaaaaa, bbbbbbbb'],
  [{ runId: undefined, reason: 'because\u001b[2J' }, 'because\ufffd[2J'],
  [{ runId: undefined }, ''],
  [{ decision: 'pending' as const, runId: 'aaaaaaaa-1', reason: 'Paused' }, 'Paused'],
])('in a terminal %j reads %j', (outcome, expected) => {
  expect(formatOutcome({ ...delivery, ...outcome })).toBe(expected);
});

test('one delivery shows what came, escaped, and what was decided', async () => {
  const event = buildEvent({ type: 'push', deliveryId: delivery.id, url: 'https://x.test/<i>' });
  const detail = {
    ...delivery,
    event,
    decidedAt: '2026-11-22T10:00:01.000Z',
    attempts: 1,
    startedRunIds: [],
  };
  const page = String(await deliveryPage(detail));
  expect(page).toContain('<a class="button" href="/runs/5f0c9a1e-run">Run 5f0c9a1e</a>');
  expect(page).toContain('https://x.test/&lt;i&gt;');
  expect(page).toContain(`deliveries replay ${delivery.id} --dry-run`);
});

test('a pause is told where people look for deliveries', async () => {
  const pause = { since: '2026-11-22T10:00:00.000Z' };
  const page = String(await deliveriesPage({ deliveries: [], next: null }, { pause }));
  expect(page).toMatch(/autonomous-cicd since\s+2026-11-22 10:00:00 UTC/);
});
