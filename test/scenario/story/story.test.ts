import { expect, test } from 'vitest';
import { listRuns } from '../../support/host-client.ts';
import { listDeliveries } from '../../support/ingress-host.ts';
import {
  answersIn,
  createStoryWorld,
  deliver,
  untilAnalysed,
  untilDecided,
} from './story-world.ts';

const mostLinearRequests = 12;

test('a label in Linear leads to a report on the issue, a row in the table and a check at the commit', async () => {
  const world = await createStoryWorld();
  const { github, linear } = world;
  const host = await world.startHost();

  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  const run = await untilAnalysed(host);

  expect(run.state).toBe('succeeded');
  const issue = linear.issue('ENG-2');
  expect(issue).toMatchObject({ state: 'Todo', labels: ['component-analysis', 'analysed'] });
  expect(issue.comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(/Component analysis of `orders`[^]*orders\/total\.py:5[^]*Full report/),
  ]);
  expect(issue.attachments).toMatchObject([{ subtitle: '1 high, 2 medium, 3 low · first report' }]);
  const link = new URL(issue.attachments[0]?.url ?? '').pathname;
  const page = await fetch(`${host.url}${link}`);
  expect(page.url).toBe(`${host.url}/runs/${run.id}/report`);
  const [table] = linear.issue('ENG-1').comments;
  expect(table?.body).toMatch(
    /`orders` \| \[ENG-2\]\(\S+\) \| Todo \| \[.+ UTC\]\(\S+\) \| 1 high/,
  );
  const { commits, checkRuns } = github.repository('acme/shop');
  expect(checkRuns).toMatchObject([
    { commit: [...commits.keys()][0], status: 'completed', conclusion: 'success' },
  ]);
  expect(linear.requests.length).toBeLessThanOrEqual(mostLinearRequests);
  expect([...linear.violations, ...linear.duplicates, ...github.violations]).toEqual([]);
});

test('what the system writes itself asks for nothing, also where the key belongs to a person', async () => {
  const world = await createStoryWorld();
  const { linear } = world;
  const host = await world.startHost();

  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  await untilAnalysed(host);
  // What Linear tells of our own comment, label and moves.
  const own = linear.payloads.slice(1);
  expect(own.length).toBeGreaterThan(2);
  for (const payload of own) await deliver(host, payload);

  await untilDecided(host);

  expect(await listDeliveries(host.url)).toHaveLength(own.length + 1);
  const { runs } = await listRuns(host.url, '?flow=component-analysis');
  expect(runs).toHaveLength(1);
});

test('a second request updates the same comment, attachment and check', async () => {
  const world = await createStoryWorld();
  const { linear } = world;
  const host = await world.startHost();
  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  const first = await untilAnalysed(host);
  const before = answersIn(world);

  await deliver(host, linear.act.assign('ENG-2', 'bob'));
  const second = await untilAnalysed(host, 2);

  expect(second.id).not.toBe(first.id);
  const after = answersIn(world);
  expect(after.comments).toEqual(before.comments);
  expect(after.attachments).toEqual(before.attachments);
  expect(after.checks).toEqual(before.checks);
  expect(linear.issue('ENG-2').comments[0]?.body).toContain('nothing new since the [report of');
});

test('a failure says on the issue what failed and what to do, and moves it back', async () => {
  const world = await createStoryWorld();
  const { github, linear } = world;
  const host = await world.startHost();
  github.script({
    operation: 'repos/download-tarball-archive',
    times: 100,
    fault: { kind: 'answer', status: 403, json: { message: 'Resource not accessible' } },
  });

  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  const run = await untilAnalysed(host);

  expect(run.state).toBe('failed');
  const issue = linear.issue('ENG-2');
  expect(issue).toMatchObject({ state: 'Todo', labels: ['component-analysis'] });
  expect(issue.comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(/failed[^]*acme\/shop/i),
  ]);
});
