import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { startGithubServer } from '../../support/github/github-server.ts';
import { listRuns, runAutonomousCicd, untilEachEnded } from '../../support/host-client.ts';
import { listDeliveries, sendDelivery } from '../../support/ingress-host.ts';
import { startLinearServer } from '../../support/linear/linear-server.ts';
import { linearDelivery, testSecret } from '../../support/signed-delivery.ts';
import { startTestHost, type RunningHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';
import { openTunnel } from '../../support/tunnel.ts';
import { choresOf } from '../flows/cicd-fixture.ts';

const shop = 'acme/shop';
const githubToken = 'github_pat_of-ada';

/** Ticks when it is told to: at midnight otherwise. */
const config = {
  analyseOnFirstStart: false,
  repositories: [
    {
      name: shop,
      source: 'github',
      analyseOnPush: true,
      components: { orders: ['orders'], billing: ['billing'] },
    },
  ],
  schedules: {
    'autonomous-cicd': { everyMinutes: 1_440 },
    'system-health': { enabled: false },
  },
};

const files = { 'orders/total.py': 'total = 0\n', 'billing/invoice.py': 'invoice = 0\n' };

/** GitHub and Linear, and the project of a team that uses both. */
async function createWorld({ withWebhooks }: { withWebhooks: boolean }) {
  const tunnel = await openTunnel();
  const github = await startGithubServer({
    repositories: [{ name: shop, files }],
    tokens: [{ token: githubToken }],
  });
  const linear = await startLinearServer({ issues: ['Look at orders', 'Look at billing'] });
  if (withWebhooks) {
    const url = `${tunnel.url}/webhooks/github`;
    github.addHook({ kind: 'repository', repository: shop }, { url, secret: testSecret });
  }
  const reached = withWebhooks ? { webhookUrl: tunnel.url } : {};
  const folder = folderWith({
    'cicd.config.ts': `export default ${JSON.stringify({ ...config, host: reached })};\n`,
    '.env': [
      `GITHUB_TOKEN=${githubToken}`,
      `GITHUB_API_URL=${github.url}`,
      `GITHUB_WEBHOOK_SECRET=${testSecret}`,
      `LINEAR_API_KEY=${linear.credentials.apiKey}`,
      `LINEAR_API_URL=${linear.url}`,
      `LINEAR_WEBHOOK_SECRET=${testSecret}`,
      '',
    ].join('\n'),
  });
  return {
    github,
    linear,
    start: async () => {
      const host = await startTestHost({ folder });
      tunnel.leadTo(host.url);
      return host;
    },
    stop: async (host: RunningHost) => {
      tunnel.leadTo(null);
      await host.end('SIGTERM');
    },
    /** What people do while nobody listens. @returns what Linear could not deliver */
    goOn: async () => {
      for (const path of ['orders/a.py', 'orders/b.py', 'billing/c.py']) {
        await github.push(shop, { files: { [path]: 'a = 1\n' } }, { tell: withWebhooks });
      }
      return [
        linear.act.label('ENG-1', 'component-analysis'),
        linear.act.label('ENG-2', 'component-analysis'),
      ];
    },
  };
}

/** Has the host look for what it has missed, and waits until that is worked off. */
async function tick({ url }: RunningHost): Promise<RunDetail> {
  const run = await runAutonomousCicd(url);
  expect(run.error).toBeNull();
  return run;
}

/** What was analysed and how it ended, once everything that has arrived is decided and has ended. */
async function untilQuiet({ url }: RunningHost): Promise<string[]> {
  for (;;) {
    const deliveries = await listDeliveries(url);
    if (deliveries.every(({ decision }) => decision !== 'pending')) break;
    await delay(20);
  }
  const { runs } = await listRuns(url, '?flow=component-analysis&limit=100');
  const ended = await untilEachEnded(
    url,
    runs.map(({ id }) => id),
  );
  return ended
    .map(({ state, subject }) => `${subject}: ${state}`)
    .toSorted((one, other) => one.localeCompare(other));
}

test('what neither sender could deliver is worked off by the next tick, once', async () => {
  const { github, goOn, linear, start, stop } = await createWorld({ withWebhooks: true });
  const before = await start();
  await tick(before);
  await stop(before);
  const undelivered = await goOn();

  const host = await start();
  const chores = choresOf(await tick(host));
  await github.settled();

  expect(chores).toMatchObject({
    'undelivered GitHub events': [3, 3, 0],
    'requests nobody told': [2, 2, 0],
  });
  expect(chores).not.toHaveProperty('pushes nobody told');
  const analyses = await untilQuiet(host);
  expect(analyses).toHaveLength(5);

  // Linear tries again after an hour, GitHub is asked a second time.
  for (const payload of undelivered)
    await sendDelivery(host.url, 'linear', linearDelivery(payload));
  expect(choresOf(await tick(host))).toEqual({});
  expect(await untilQuiet(host)).toEqual(analyses);
  expect([...github.violations, ...linear.violations]).toEqual([]);
});

test('without any webhook the system works by asking alone', async () => {
  const { github, goOn, linear, start } = await createWorld({ withWebhooks: false });
  const host = await start();
  await tick(host);
  await goOn();

  expect(choresOf(await tick(host))).toMatchObject({
    'pushes nobody told': [1, 1, 0],
    'requests nobody told': [2, 2, 0],
  });
  const analyses = await untilQuiet(host);
  // Three pushes are one when nobody tells them apart: each component is analysed at its end.
  expect(analyses).toHaveLength(4);
  expect(choresOf(await tick(host))).toEqual({});
  expect(await untilQuiet(host)).toEqual(analyses);
  expect([...github.violations, ...linear.violations]).toEqual([]);
});
