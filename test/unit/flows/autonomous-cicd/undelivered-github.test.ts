import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { undeliveredGithub } from '../../../../lib/flows/autonomous-cicd/undelivered-github.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { buildPush } from '../../../builders/events.ts';
import { appHook, repositoryHook } from '../../../builders/sent-webhooks.ts';

beforeEach(() => setLogSink(() => {}));

const refused = new UpstreamError('no', { service: 'github', status: 422, retryable: false });
const busy = new UpstreamError('busy', { service: 'github', status: 503, retryable: true });

function build() {
  const cicd = buildCicd();
  const { deliveries, dispatch, webhooks, work } = cicd;
  return {
    ...cicd,
    work: () => work(undeliveredGithub),
    /** What the hooks were asked for since the last time, but lists. */
    actions: () =>
      webhooks.requests.splice(0).filter((request) => /^(redeliver|read)/.test(request)),
    /** A redelivery arrives. */
    arriveWhenRedelivered: () => {
      webhooks.onRedelivery = async (deliveryId) => {
        await deliveries.add(buildPush({}, { deliveryId }));
        await dispatch(buildPush({}, { deliveryId }));
        return 202;
      };
    },
  };
}

describe('a delivery that never succeeded', () => {
  test('is sent once more, and then is looked for no longer', async () => {
    const { actions, ago, arriveWhenRedelivered, putForward, runs, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(30) });
    arriveWhenRedelivered();

    expect(await work()).toEqual({ found: ['one'], problems: [] });
    expect(actions()).toEqual(['redeliver one']);
    expect(runs.requests).toHaveLength(1);
    for (const _ of [1, 2]) {
      putForward(15);
      expect(await work()).toEqual({ found: [], problems: [] });
      expect(actions()).toEqual([]);
    }
  });

  test('is sent at most three times more; then what was sent is read', async () => {
    const { actions, ago, putForward, services, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(30), event: 'ping', payload: { zen: 'Keep it simple' } });
    webhooks.onRedelivery = async () => 502;
    const all: string[] = [];
    for (let tick = 0; tick < 6; tick += 1) {
      await work();
      all.push(...actions());
      putForward(15);
    }
    expect(all).toEqual(['redeliver one', 'redeliver one', 'redeliver one', 'read one']);
    const delivery = await services.deliveries.get({ source: 'github', id: 'one' });
    expect(delivery).toMatchObject({ type: 'ping', decision: 'ignored' });
  });

  test.each([
    ['is too large for us', 413, 0],
    ['still reaches nobody after it was sent once more', 0, 1],
  ])('is read where it %s', async (_, statusCode, redeliveries) => {
    const { actions, ago, putForward, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(30), statusCode });
    webhooks.onRedelivery = async () => statusCode;
    for (let tick = 0; tick < 4; tick += 1) {
      await work();
      putForward(15);
    }
    expect(actions()).toEqual([
      ...Array.from({ length: redeliveries }, () => 'redeliver one'),
      'read one',
    ]);
  });

  test('is read where it cannot be sent once more', async () => {
    const { actions, ago, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(30) });
    webhooks.failing.set('redeliver', refused);
    await work();
    expect(actions()).toEqual(['redeliver one', 'read one']);
  });

  test('is left alone when it did arrive: our answer came too late', async () => {
    const { ago, deliveries, dispatch, webhooks, work } = build();
    const event = buildPush({}, { deliveryId: 'one' });
    await deliveries.add(event);
    await dispatch(event);
    webhooks.send({ guid: 'one', at: ago(30), statusCode: 0 });
    expect((await work()).found).toEqual([]);
  });

  test('is decided once although it arrives while it is read', async () => {
    const { ago, arriveWhenRedelivered, runs, webhooks, work, putForward } = build();
    const payload = {
      ref: 'refs/heads/main',
      after: 'a'.repeat(40),
      repository: { full_name: 'acme/shop', default_branch: 'main' },
    };
    webhooks.send({ guid: 'one', at: ago(30), payload });
    arriveWhenRedelivered();
    const arrive = webhooks.onRedelivery;
    webhooks.onRedelivery = async (guid) => {
      await arrive(guid);
      throw refused;
    };
    await work();
    putForward(15);
    await work();
    expect(runs.requests.filter(({ cause }) => cause.kind === 'delivery')).toHaveLength(1);
  });

  test('is found until it has arrived, however often the looking fails in between', async () => {
    const { actions, ago, putForward, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(30) });
    webhooks.send({ guid: 'two', at: ago(10), ok: true });
    webhooks.failing.set('redeliver', busy);
    await expect(work()).rejects.toBe(busy);
    putForward(60);
    webhooks.failing.clear();
    expect((await work()).found).toEqual(['one']);
    expect(actions()).toEqual(['redeliver one', 'redeliver one']);
  });

  test('is forgotten after three days, as GitHub forgets it', async () => {
    const { ago, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(3 * 24 * 60 + 1) });
    expect((await work()).found).toEqual([]);
  });
});

describe('looking', () => {
  test('costs one conditional request a hook while nothing is sent', async () => {
    const { ago, putForward, webhooks, work } = build();
    webhooks.hooks = [appHook, repositoryHook('acme/shop')];
    webhooks.send({ guid: 'one', at: ago(30), ok: true });
    await work();
    webhooks.requests.length = 0;
    putForward(15);
    await work();
    expect(webhooks.requests).toEqual(['hooks', 'list app', 'list id-acme-shop']);
  });

  test('goes on at the other hooks when one cannot be read', async () => {
    const { ago, webhooks, work } = build();
    const [web, shop] = ['acme/web', 'acme/shop'].map(repositoryHook);
    if (web === undefined || shop === undefined) throw new TypeError('two hooks');
    webhooks.hooks = [web, shop];
    webhooks.send({ guid: 'one', hook: shop, at: ago(30) });
    webhooks.failing.set('list id-acme-web', busy);
    expect(await work()).toEqual({ found: ['one'], problems: ['busy'] });
  });

  test('says once which hooks it may not see', async () => {
    const { putForward, said, webhooks, work } = build();
    webhooks.problems = ['acme/shop: needs admin:repo_hook'];
    await work();
    putForward(15);
    expect(await work()).toEqual({ found: [], problems: [] });
    expect(said).toEqual([JSON.stringify({ reason: 'acme/shop: needs admin:repo_hook' })]);
  });

  test('asks nothing without credentials', async () => {
    const { github, webhooks, work } = build();
    github.isSetUp = false;
    await work();
    expect(webhooks.requests).toEqual([]);
  });
});
