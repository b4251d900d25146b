import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { deliveryDetailSchema, type DeliveryDetail } from '../../../lib/domain/delivery.ts';
import { linearIssuePayload } from '../../builders/linear-payloads.ts';
import { getRun, untilEnded } from '../../support/host-client.ts';
import { sendDelivery, startIngressHost } from '../../support/ingress-host.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { githubDelivery, linearDelivery } from '../../support/signed-delivery.ts';
import type { RunningHost } from '../../support/start-host.ts';

async function cicd({ folder }: RunningHost, ...args: string[]) {
  return runCicd([...args, '--config', join(folder, 'cicd.config.ts')]);
}

async function untilDecided({ url }: RunningHost, id: string): Promise<DeliveryDetail> {
  return vi.waitFor(async () => {
    const response = await fetch(`${url}/api/deliveries/${id}`);
    const delivery = deliveryDetailSchema.parse(await response.json());
    expect(delivery.decision).not.toBe('pending');
    return delivery;
  });
}

const commit = 'c'.repeat(40);

/** Neither the branch before nor its commits are told: every component counts as touched. */
const push = {
  ref: 'refs/heads/main',
  after: commit,
  repository: { full_name: 'acme/shop', default_branch: 'main' },
  sender: { login: 'ada', type: 'User' },
};

/** The components of the repository are awaited on push. */
const awaited = `export default {
  analyseOnFirstStart: false,
  repositories: [{
    name: 'acme/shop',
    components: { orders: ['orders/**'] },
    analyseOnPush: true,
  }],
  schedules: { 'autonomous-cicd': { enabled: false }, 'system-health': { enabled: false } },
};\n`;

test('a Linear issue leads to a run, from the delivery to the report', async () => {
  const host = await startIngressHost();
  const id = '1f0e6a8c-0000-4000-8000-000000000001';
  await sendDelivery(host.url, 'linear', linearDelivery(linearIssuePayload(), { id }));
  const { runId = '' } = await untilDecided(host, id);

  const run = await untilEnded(host.url, runId);
  expect(run).toMatchObject({
    state: 'succeeded',
    cause: { kind: 'delivery', deliveryId: id },
    input: { component: 'orders', origin: { kind: 'linear-issue', identifier: 'ENG-7' } },
  });
  expect(host.output()).toContain(
    `Delivery decided (deliveryId=${id.slice(0, 8)}, type=Issue.create, decision=run, runIds=["${runId}"], reason=ENG-7 was`,
  );
  const { stdout: list } = await cicd(host, 'deliveries', 'ls');
  expect(list).toMatch(
    new RegExp(`1f0e6a8c +linear +Issue.create .* run +run ${runId.slice(0, 8)}`),
  );
  const page = await (await fetch(`${host.url}/deliveries`)).text();
  expect(page).toContain(`<a href="/runs/${runId}">`);
  const { stdout: shown } = await cicd(host, 'deliveries', 'show', '1f0e6a');
  expect(shown).toMatch(/^Issue +ENG-7$/m);
  expect(shown).toMatch(/^Sender +Ada Lovelace \(user\)$/m);
});

test('a delivery that the configuration did not want is replayed once it does', async () => {
  const host = await startIngressHost();
  const id = 'push-delivery-1';
  await sendDelivery(host.url, 'github', githubDelivery(push, { event: 'push', id }));
  expect(await untilDecided(host, id)).toMatchObject({
    decision: 'ignored',
    reason: 'analyseOnPush is not set for acme/shop',
  });
  await host.end('SIGTERM');
  writeFileSync(join(host.folder, 'cicd.config.ts'), awaited);

  const dryRun = await cicd(host, 'deliveries', 'replay', 'push-del', '--dry-run');
  expect(dryRun.stdout).toMatch(
    /^run: component-analysis orders of acme\/shop: .* was pushed to main/,
  );
  const before = await cicd(host, 'deliveries', 'show', 'push-del', '--json');
  expect(JSON.parse(before.stdout)).toMatchObject({ decision: 'ignored' });

  const replay = await cicd(host, 'deliveries', 'replay', 'push-del');
  expect(replay.exitCode).toBe(0);
  const [, runId = ''] = /^(\S+) started$/m.exec(replay.stdout) ?? [];
  expect(runId).not.toBe('');
  // Without a host, the run has worked in the command's own process.
  expect(replay.stderr).toContain('Report written');

  const nothingNew = await cicd(host, 'deliveries', 'replay', 'push-del', '--dry-run');
  expect(nothingNew.stdout).toContain(`${runId} was started for this before; runs retry`);
  const again = await cicd(host, 'deliveries', 'replay', 'push-del', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ runs: [{ runId, created: false }] });
  const { stdout } = await cicd(host, 'deliveries', 'ls', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ deliveries: [{ id, decision: 'run', runId }] });
});

test('deliveries wait while everything is paused, and go on afterwards', async () => {
  const host = await startIngressHost({ 'cicd.config.ts': awaited });
  expect((await cicd(host, 'pause')).exitCode).toBe(0);
  const id = 'push-delivery-2';
  await sendDelivery(host.url, 'github', githubDelivery(push, { event: 'push', id }));

  await vi.waitFor(async () => {
    const { stdout } = await cicd(host, 'deliveries', 'show', id);
    expect(stdout).toMatch(/^Reason +Paused since .*; goes on after cicd resume$/m);
  }, 10_000);
  const replay = await cicd(host, 'deliveries', 'replay', id);
  expect(replay.stderr).toContain('goes on after cicd resume');
  const resumed = await cicd(host, 'resume');
  expect(resumed.stderr).toContain('Deliveries held back are worked off now.');

  const { runId = '' } = await untilDecided(host, id);
  expect((await getRun(host.url, runId)).input).toMatchObject({
    component: 'orders',
    origin: { kind: 'push', ref: 'refs/heads/main', commit },
  });
});

test('commands say what is wrong with what they are asked', async () => {
  const host = await startIngressHost();
  const unknown = await cicd(host, 'deliveries', 'show', 'nothing-like-it');
  expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
  expect(unknown.stderr).toBe('There is no delivery nothing-like-it.\n');
  expect((await cicd(host, 'deliveries', 'ls')).stdout).toBe('No deliveries.\n');
  const many = await cicd(host, 'deliveries', 'ls', '--limit', '501');
  expect(many.exitCode).toBe(2);
  const { stdout } = await cicd(host, 'deliveries', 'ls', '--json');
  expect(JSON.parse(stdout)).toEqual({ deliveries: [], next: null });
});
