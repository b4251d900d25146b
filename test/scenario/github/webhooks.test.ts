import { describe, expect, it } from 'vitest';
import { createCodeHostAdmin } from '../../../lib/adapters/github/admin/admin.ts';
import type { WebhookPlace } from '../../../lib/ports/code-host-admin.ts';
import type { Fault } from '../../support/github/faults.ts';
import { githubWithApp, githubWithToken, requestsBy, shop } from './github-fixture.ts';

const url = 'http://127.0.0.1:9/webhooks/github';
const wanted = { url, events: ['push'], secret: 'of-ours' };

const places: WebhookPlace[] = [
  { kind: 'repository', repository: shop.name },
  { kind: 'organisation', organisation: 'acme' },
];

describe.each(places)('the webhooks of a $kind', (place) => {
  it('are created as JSON, active and signed', async () => {
    const { access, server } = await githubWithToken();
    const created = await createCodeHostAdmin(access).createWebhook(place, wanted);
    expect(created).toMatchObject({ url, active: true, events: ['push'], contentType: 'json' });
    expect(server.hooks).toMatchObject([
      { id: Number(created.id), url, active: true, contentType: 'json', secret: 'of-ours' },
    ]);
    await server.settled();
  });

  it('are created once when the answer to it got lost', async () => {
    const { access, server } = await githubWithToken();
    server.script({ method: 'POST', fault: { kind: 'cut' } });
    const created = await createCodeHostAdmin(access).createWebhook(place, wanted);
    expect(server.hooks).toMatchObject([{ id: Number(created.id) }]);
    expect(requestsBy(server, 'POST')).toHaveLength(1);
    await server.settled();
  });

  it('keep their secret when they get none', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url, secret: 'of-old', active: false, events: [] });
    const { secret: _, ...changes } = wanted;
    await createCodeHostAdmin(access).updateWebhook(place, String(id), changes);
    expect(server.hooks).toMatchObject([
      { url, active: true, events: ['push'], contentType: 'json', secret: 'of-old' },
    ]);
  });

  it('get a new secret, and JSON', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url, secret: 'of-old', contentType: 'form' });
    await createCodeHostAdmin(access).updateWebhook(place, String(id), wanted);
    expect(server.hooks).toMatchObject([{ contentType: 'json', secret: 'of-ours' }]);
  });

  it('are listed, whatever they have sent', async () => {
    const { access, server } = await githubWithToken();
    const hook = server.addHook(place, { url });
    server.addHook(place, { url: 'http://127.0.0.1:9/somebody-elses' });
    server.requests.length = 0;
    expect(await createCodeHostAdmin(access).listWebhooks(place)).toEqual([
      { id: String(hook.id), url, active: true, events: ['push'], contentType: 'json' },
      expect.objectContaining({ url: 'http://127.0.0.1:9/somebody-elses' }),
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('tell what came of the last delivery', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url });
    const admin = createCodeHostAdmin(access);
    expect(await admin.getLastDelivery(place, String(id))).toBeNull();
    await server.push(shop.name, { files: { 'a.py': '' } });
    expect(await admin.getLastDelivery(place, String(id))).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 'failed to connect to host',
      code: 502,
    });
  });

  it('are removed', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url });
    await createCodeHostAdmin(access).removeWebhook(place, String(id));
    expect(server.hooks).toEqual([]);
  });

  it('are removed although the answer to that got lost', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url });
    server.script({ method: 'DELETE', fault: { kind: 'reset' }, done: true });
    await createCodeHostAdmin(access).removeWebhook(place, String(id));
    expect(requestsBy(server, 'DELETE')).toHaveLength(2);
    expect(server.hooks).toEqual([]);
  });

  it('are not said to be removed when GitHub does not find what is there', async () => {
    const { access, server } = await githubWithToken();
    const { id } = server.addHook(place, { url });
    const hidden: Fault = { kind: 'answer', status: 404, json: { message: 'Not Found' } };
    server.script({ method: 'DELETE', fault: hidden });
    const removal = createCodeHostAdmin(access).removeWebhook(place, String(id));
    await expect(removal).rejects.toMatchObject({ status: 404 });
  });

  it('are not shown to a token without the right, which is named', async () => {
    const { access } = await githubWithToken({}, { role: 'write' });
    const scope = place.kind === 'repository' ? 'admin:repo_hook' : 'admin:org_hook';
    await expect(createCodeHostAdmin(access).listWebhooks(place)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining(`(classic token: ${scope})`),
    });
  });
});

describe('the webhook of an App', () => {
  const app = { kind: 'app' } as const;

  it('is there once it is set up, and changed in its place', async () => {
    const hook = { url: 'http://127.0.0.1:9/old', secret: 'of-old' };
    const { access, server } = await githubWithApp({}, { hook });
    const admin = createCodeHostAdmin(access);
    expect(await admin.listWebhooks(app)).toMatchObject([
      { id: 'app', url: hook.url, events: ['push', 'pull_request'] },
    ]);
    await admin.updateWebhook(app, 'app', wanted);
    expect(server.hooks).toMatchObject([{ url, secret: 'of-ours', contentType: 'json' }]);
  });

  it('cannot be removed from here', async () => {
    const { access } = await githubWithApp();
    await expect(createCodeHostAdmin(access).removeWebhook(app, 'app')).rejects.toMatchObject({
      retryable: false,
    });
  });
});
