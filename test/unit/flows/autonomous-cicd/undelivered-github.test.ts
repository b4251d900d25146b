import { beforeEach, describe, expect, test, vi } from 'vitest';
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

test('nothing is asked where no webhook can have been meant for us', async () => {
  const { ago, services, webhooks, work } = build();
  services.secrets = { isSet: async () => false };
  webhooks.send({ guid: 'one', at: ago(30) });

  expect(await work()).toEqual({ found: [], problems: [] });
  expect(webhooks.requests).toEqual([]);
});

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
    webhooks.send({ guid: 'one', at: ago(30), payload: { zen: 'Keep it simple' } });
    webhooks.onRedelivery = async () => 502;
    const all: string[] = [];
    for (let tick = 0; tick < 6; tick += 1) {
      await work();
      all.push(...actions());
      putForward(15);
    }
    expect(all).toEqual(['redeliver one', 'redeliver one', 'redeliver one', 'read one']);
    const delivery = await services.deliveries.get({ source: 'github', id: 'one' });
    expect(delivery).toMatchObject({ type: 'push', decision: 'ignored' });
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
    expect((await work()).problems).toEqual(['busy']);
    putForward(60);
    webhooks.failing.clear();
    expect((await work()).found).toEqual(['one']);
    expect(actions()).toEqual(['redeliver one', 'redeliver one']);
  });

  test.each([
    [59, ['one']],
    [61, []],
  ])('%i minutes before the first look is brought in or not', async (minutes, found) => {
    const { ago, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(minutes) });
    expect((await work()).found).toEqual(found);
  });

  test.each([
    [3 * 24 * 60 - 1, ['one']],
    [3 * 24 * 60 + 1, []],
  ])('%i minutes ago, after an earlier look, is brought in or not', async (minutes, found) => {
    const { ago, putForward, webhooks, work } = build();
    await work();
    putForward(minutes);
    webhooks.send({ guid: 'one', at: ago(minutes) });
    expect((await work()).found).toEqual(found);
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

describe('a busy hook', () => {
  test('whose other events fail by the thousand keeps no push waiting', async () => {
    const { actions, ago, webhooks, work } = build();
    for (let n = 0; n < 2_000; n += 1) {
      webhooks.send({ guid: `check-${n}`, at: ago(50), event: 'check_run' });
    }
    webhooks.send({ guid: 'push', at: ago(5) });
    expect(await work()).toEqual({ found: ['push'], problems: [] });
    expect(actions()).toEqual(['redeliver push']);
  });

  test('is listed from where it was seen last, whatever of its other events has failed', async () => {
    const { ago, putForward, webhooks, work } = build();
    webhooks.send({ guid: 'check', at: ago(50), event: 'check_run' });
    webhooks.send({ guid: 'done', at: ago(1), ok: true });
    await work();
    const list = vi.spyOn(webhooks, 'list');
    putForward(15);
    await work();
    const since = ago(17).toISOString();
    expect(list).toHaveBeenCalledWith(appHook, { since, etag: 'etag-2' });
  });

  test('has a hundred pushes sent once more at once, the oldest first', async () => {
    const { actions, ago, webhooks, work } = build();
    for (let n = 149; n >= 0; n -= 1) {
      webhooks.send({ guid: `push-${n}`, at: new Date(ago(50).getTime() + n * 1_000) });
    }
    expect((await work()).found).toHaveLength(150);
    const taken = actions();
    expect(taken).toHaveLength(100);
    expect(taken.slice(0, 2)).toEqual(['redeliver push-0', 'redeliver push-1']);
  });

  test('that sends more than can be listed is told', async () => {
    const { ago, webhooks, work } = build();
    webhooks.send({ guid: 'one', at: ago(5) });
    webhooks.isComplete = false;
    expect(await work()).toEqual({
      found: ['one'],
      problems: [expect.stringContaining("The GitHub App's webhook sends more than can be listed")],
    });
  });
});

/** What a hundred ticks ask for and say, and how many fail. */
async function tickOn({ actions, putForward, work }: ReturnType<typeof build>) {
  let failed = 0;
  for (let tick = 0; tick < 100; tick += 1) {
    if ((await work()).problems.length > 0) failed += 1;
    putForward(15);
  }
  return { failed, asked: actions() };
}

function buildUnreadable(error: UpstreamError) {
  const cicd = build();
  const warned: unknown[] = [];
  setLogSink(({ level, message }) => level === 'warn' && warned.push(message));
  cicd.webhooks.send({ guid: 'one', at: cicd.ago(5) });
  cicd.webhooks.failing.set('redeliver', refused).set('read', error);
  return { ...cicd, warned };
}

describe('a delivery that cannot be had', () => {
  const gone = new UpstreamError('gone', { service: 'github', retryable: false });
  const unreadable = new UpstreamError('cut off', { service: 'github', retryable: true });
  const unknown = new UpstreamError('who?', { service: 'github', status: 401, retryable: false });
  const limited = new UpstreamError('wait', { service: 'github', status: 403, retryable: true });

  test('as GitHub has it no more is given up at once, and said so once', async () => {
    const cicd = buildUnreadable(gone);
    expect(await tickOn(cicd)).toEqual({ failed: 0, asked: ['redeliver one', 'read one'] });
    expect(cicd.warned).toEqual(['Delivery given up']);
  });

  test('as nobody can read it is given up after eight tries', async () => {
    const cicd = buildUnreadable(unreadable);
    const { asked, failed } = await tickOn(cicd);
    expect(failed).toBe(7);
    expect(asked.filter((request) => request.startsWith('read'))).toHaveLength(8);
    expect(cicd.warned).toEqual(['Delivery given up']);
  });

  test.each([
    ['credentials are not accepted', unknown],
    ['GitHub wants to be left alone', limited],
  ])('for as long as %s is not given up', async (_, error) => {
    const cicd = buildUnreadable(error);
    expect((await tickOn(cicd)).failed).toBe(100);
    cicd.webhooks.failing.clear();
    expect((await cicd.work()).problems).toEqual([]);
    expect(cicd.actions()).toEqual(['redeliver one']);
  });
});
