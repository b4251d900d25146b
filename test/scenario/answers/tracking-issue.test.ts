import { expect, test } from 'vitest';
import { startAnalysisHost } from '../../support/analysis-host.ts';
import { startLinearServer } from '../../support/linear/linear-server.ts';
import { askedBy, folderWithOrders } from './answers-fixture.ts';

/** ENG-1 is about orders, ENG-2 has the table. */
async function startTracked({ apiKey }: { apiKey?: string } = {}) {
  const linear = await startLinearServer({ issues: ['Analyse orders', 'Progress'] });
  const source = folderWithOrders();
  const host = startAnalysisHost({
    linearUrl: linear.url,
    secrets: { LINEAR_API_KEY: apiKey ?? linear.credentials.apiKey },
    config: {
      repositories: [{ name: 'acme/shop', source, components: { orders: ['orders'] } }],
      linear: { trackingIssue: 'ENG-2', issues: { 'ENG-1': 'orders' } },
    },
  });
  return { host, input: askedBy(linear, source), linear };
}

test('an answered analysis is in the table of the tracking issue, with few requests', async () => {
  const { host, input, linear } = await startTracked();
  const { tasks } = await host.analyse(input);
  expect(tasks.map(({ name }) => name).slice(-3)).toEqual([
    'report',
    'answer: ENG-1',
    'update the tracking issue',
  ]);
  expect(linear.issue('ENG-2').comments).toMatchObject([
    { body: expect.stringContaining('orders') },
  ]);
  expect(linear.requests.length).toBeLessThanOrEqual(6);
  expect(linear.violations).toEqual([]);
});

test('a failed analysis is in the table, too, and has failed', async () => {
  const { host, input, linear } = await startTracked();
  const run = await host.analyse({ ...input, paths: ['nothing/**'] });
  expect(run.state).toBe('failed');
  expect(run.tasks.map(({ name }) => name).slice(-3)).toEqual([
    'answer: ENG-1',
    'note the failure',
    'update the tracking issue',
  ]);
  expect(linear.issue('ENG-2').comments).toMatchObject([
    { body: expect.stringContaining('failed') },
  ]);
});

test('a table that cannot be written fails no analysis', async () => {
  const { host, input, linear } = await startTracked({ apiKey: 'of-somebody-else' });
  const run = await host.analyse({ ...input, origin: undefined });
  expect(run).toMatchObject({ state: 'succeeded', hasReport: true });
  const lines = await host.engine.logs(run.id);
  expect(lines.map(({ message }) => message)).toContain('The tracking issue could not be updated');
  expect(linear.issue('ENG-2').comments).toEqual([]);
});
