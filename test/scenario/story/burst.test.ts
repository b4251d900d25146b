import { expect, test } from 'vitest';
import type { RunSummary } from '../../../lib/domain/run.ts';
import { listRuns, untilEachEnded } from '../../support/host-client.ts';
import { createStoryWorld, deliver, untilDecided } from './story-world.ts';

const issueCount = 200;
/** As Linear gives them to an API key. */
const requestsPerHour = 2_500;

async function listAllRuns(url: string): Promise<RunSummary[]> {
  const query = '?flow=component-analysis&limit=200';
  const first = await listRuns(url, query);
  const second =
    first.next === null ? [] : (await listRuns(url, `${query}&cursor=${first.next}`)).runs;
  return [...first.runs, ...second];
}

test('200 issues labelled within a minute are all answered, once, within the limits', async () => {
  const world = await createStoryWorld({
    githubReport: 'none',
    issues: Array.from({ length: issueCount }, (_, index) => `Look at orders, number ${index}`),
  });
  const { linear } = world;
  linear.setLimits({ requestsPerHour });
  const host = await world.startHost();
  const identifiers = Array.from({ length: issueCount }, (_, index) => `ENG-${index + 2}`);

  const begin = Date.now();
  for (const identifier of identifiers) {
    await deliver(host, linear.act.label(identifier, 'component-analysis'));
  }
  expect(Date.now() - begin).toBeLessThan(60_000);
  await untilDecided(host);
  const runs = await listAllRuns(host.url);
  const ended = await untilEachEnded(
    host.url,
    runs.map(({ id }) => id),
  );

  expect(ended).toHaveLength(issueCount);
  expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['succeeded']));
  for (const identifier of identifiers) {
    const issue = linear.issue(identifier);
    expect(issue.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('Full report'),
    ]);
    expect(issue).toMatchObject({ state: 'Todo', labels: ['component-analysis', 'analysed'] });
    expect(issue.attachments).toHaveLength(1);
  }
  expect(linear.requests.length).toBeLessThan(requestsPerHour);
  expect([...linear.violations, ...linear.duplicates]).toEqual([]);
}, 300_000);
