import { expect, test } from 'vitest';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import type { ComponentResult } from '../../../lib/domain/tracking/component-result.ts';
import { createTracking } from '../../../lib/flows/tracking/tracking.ts';
import type { IssueTracker } from '../../../lib/ports/issue-tracker.ts';
import { configSchema } from '../../../lib/runtime/config-schema.ts';
import { createLogger } from '../../../lib/runtime/logging.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { componentResult } from '../../builders/tracking.ts';
import { linearUnderTest } from '../linear/linear-under-test.ts';

const components = Array.from({ length: 10 }, (_, index) => `part-${index}`);
const call = { urgency: 'upkeep' } as const;
const start = Date.parse('2026-03-01T10:00:00.000Z');

/** A tracking issue with a sub-issue for each component, on a real server with the real adapter. */
async function startTracking() {
  const clock = { now: start };
  const linear = await linearUnderTest({ seed: { now: () => clock.now } });
  const { options, server, store } = linear;
  const parent = server.issue('ENG-1');
  for (const component of components) {
    server.act.createIssue({ title: `Component analysis: ${component}`, parentId: parent.id });
  }
  const config = configSchema.parse({
    repositories: [
      {
        name: 'acme/shop',
        source: '/src/shop',
        components: Object.fromEntries(components.map((name) => [name, [`${name}/**`]])),
      },
    ],
    linear: { trackingIssue: 'ENG-1' },
  });
  const trackingBy = (tracker: IssueTracker) =>
    createTracking({
      tracker,
      store,
      config: { config, folder: '/src' },
      stack: 'test',
      now: () => clock.now,
      linkTo: (runId) => `https://cicd.example/runs/${runId}`,
    });
  const { clientId, clientSecret } = server.credentials;
  const secrets = { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret };
  const asApp = createLinear({ ...options, secrets: buildSecrets(secrets) });
  return {
    clock,
    server,
    tracking: trackingBy(linear.tracker),
    /** The same installation, with other credentials. */
    trackingAsApp: trackingBy(asApp.tracker),
    comments: () => server.issue('ENG-1').comments,
  };
}

interface Look {
  /** When it is made, in milliseconds since the epoch. */
  at: number;
  result: ComponentResult;
}

/** An analysis every 300 ms, 20 of each component. */
function analysesWithinAMinute(): Look[] {
  return Array.from({ length: 200 }, (_, index) => {
    const at = start + index * 300;
    const component = `part-${index % components.length}`;
    const endedAt = new Date(at).toISOString();
    return { at, result: componentResult({ component, runId: `run-${index}`, endedAt }) };
  });
}

test('200 analyses within a minute share a few writes of one comment, which shows them all', async () => {
  const { clock, comments, server, tracking } = await startTracking();
  const log = createLogger();
  const looks = analysesWithinAMinute();
  for (let look = looks.shift(); look !== undefined; look = looks.shift()) {
    const { at, result } = look;
    clock.now = at;
    await tracking.noteResult(result);
    const outcome = await tracking.update({ runId: result.runId, call }, log, result);
    if (typeof outcome === 'string') continue;
    looks.push({ at: at + outcome.again * 1_000, result });
    looks.sort((a, b) => a.at - b.at);
  }

  const [table, ...others] = comments();
  expect(others).toEqual([]);
  for (const index of components.keys()) {
    expect(table?.body).toContain(`https://cicd.example/runs/run-${190 + index})`);
  }
  expect(server.requests.length).toBeLessThanOrEqual(16);
  expect(server.duplicates).toEqual([]);
});

test('the table shows the states of the sub-issues, and comes back after it was deleted', async () => {
  const { clock, comments, server, tracking } = await startTracking();
  const log = createLogger();
  const last = `ENG-${server.world.issues.length}`;
  server.act.move(last, 'In Review');
  expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('written');
  const [table] = comments();
  const { title } = server.issue(last);
  expect(title).toBe('Component analysis: part-9');
  expect(table?.body).toMatch(
    new RegExp(String.raw`^\| \`part-9\` \| \[${last}\]\(\S+\) \| In Review \|`, 'm'),
  );

  server.act.deleteComment(table?.id ?? '');
  clock.now += 60_000;
  expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('written');
  expect(comments().map(({ body }) => body)).toEqual([table?.body]);
});

test('the table is written anew where the credentials changed: nobody but its author may edit it', async () => {
  const { clock, comments, server, tracking, trackingAsApp } = await startTracking();
  const log = createLogger();
  expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('written');
  const [first] = comments();

  server.act.move(`ENG-${server.world.issues.length}`, 'In Review');
  clock.now += 60_000;
  expect(await trackingAsApp.update({ runId: 'run-2', call }, log)).toBe('written');
  clock.now += 60_000;
  expect(await trackingAsApp.update({ runId: 'run-3', call }, log)).toBe('unchanged');

  const [old, table, ...others] = comments();
  expect(old).toEqual(first);
  expect(table?.body).toContain('In Review');
  expect(others).toEqual([]);
});
