import { expect, it } from 'vitest';
import { listDeliveries } from '../../support/ingress-host.ts';
import { runAutonomousCicd } from '../../support/host-client.ts';
import { startTestHost } from '../../support/start-host.ts';
import { openTunnel } from '../../support/tunnel.ts';
import { startReceiver } from '../github/receiver.ts';
import { githubToken, setUpProject } from './set-up-fixture.ts';

const shop = { kind: 'repository', repository: 'acme/shop' } as const;

/** Nobody has said there how the host is reached. It ticks when it is told to: at midnight otherwise. */
const config = {
  analyseOnFirstStart: false,
  repositories: [{ name: 'acme/shop', source: 'github', components: { orders: ['orders/**'] } }],
  schedules: {
    'autonomous-cicd': { everyMinutes: 1_440 },
    'system-health': { enabled: false },
  },
};

it('what a marked webhook delivers arrives, and what it could not deliver is asked for', async () => {
  const project = await setUpProject({ config, env: { GITHUB_TOKEN: githubToken } });
  const { github } = project;
  const tunnel = await openTunnel();
  const host = await startTestHost({ folder: project.folder });
  await runAutonomousCicd(host.url);
  expect((await project.cicd(`webhooks register --url ${tunnel.url}`)).exitCode).toBe(0);
  const theirs = await startReceiver(500);
  const foreign = github.addHook(shop, { url: `${theirs.url}?host=ffffffff`, secret: 'of-theirs' });
  const byHand = github.addHook(shop, { url: theirs.url, secret: 'of-theirs' });

  await github.push('acme/shop', { files: { 'orders/a.py': 'a = 1\n' } });
  expect(await listDeliveries(host.url)).toEqual([]);
  tunnel.leadTo(host.url);
  expect((await runAutonomousCicd(host.url)).error).toBeNull();
  await github.settled();
  expect(await listDeliveries(host.url)).toMatchObject([{ source: 'github', type: 'push' }]);
  expect([foreign, byHand].map(({ attempts }) => attempts.length)).toEqual([1, 1]);

  await github.push('acme/shop', { files: { 'orders/a.py': 'a = 2\n' } });
  expect(await listDeliveries(host.url)).toHaveLength(2);
});
