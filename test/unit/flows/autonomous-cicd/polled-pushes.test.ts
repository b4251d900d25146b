import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { polledPushes } from '../../../../lib/flows/autonomous-cicd/polled-pushes.ts';
import { undeliveredGithub } from '../../../../lib/flows/autonomous-cicd/undelivered-github.ts';
import type { Hook } from '../../../../lib/ports/sent-deliveries.ts';
import { analysisInputSchema } from '../../../../lib/flows/component-analysis/input.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { buildComponent, buildPush } from '../../../builders/events.ts';
import { repositoryHook } from '../../../builders/sent-webhooks.ts';

beforeEach(() => setLogSink(() => {}));

const shop = 'acme/shop';
const [one = '', two = '', three = ''] = ['1', '2', '3'].map((digit) => digit.repeat(40));

function organisation(name: string): Hook {
  return { kind: 'organisation', organisation: name, id: '1' };
}

/** `acme/shop` was looked at once, at its first commit. */
async function build() {
  const cicd = buildCicd();
  const { dispatch, github, putForward, runs, work } = cicd;
  const tick = () => {
    putForward(15);
    return work(polledPushes);
  };
  github.push(shop, one, ['orders/a']);
  await tick();
  return {
    ...cicd,
    tick,
    tell: (after: string, changedPaths: string[]) =>
      dispatch(buildPush({ after, changedPaths }, { deliveryId: `d-${after}` })),
    analysed: () => runs.requests.map(({ input }) => analysisInputSchema.parse(input).component),
  };
}

describe('a default branch', () => {
  test('that is seen for the first time has not moved', async () => {
    const { analysed, github, tick } = await build();
    expect(analysed()).toEqual([]);
    expect(await tick()).toEqual({ found: [], problems: [] });
    expect(github.requests).toEqual([`head ${shop}: ${one}`, `head ${shop}: unchanged`]);
  });

  test('that has moved starts what its push would have started, once', async () => {
    const { analysed, github, tick } = await build();
    github.push(shop, two, ['orders/b']);
    expect((await tick()).found).toEqual([shop]);
    expect(analysed()).toEqual(['orders']);
    expect((await tick()).found).toEqual([]);
    expect(github.requests.at(-1)).toBe(`head ${shop}: unchanged`);
  });

  test('that a delivery has told is not analysed again', async () => {
    const { analysed, github, tell, tick } = await build();
    github.push(shop, two, ['orders/b']);
    await tell(two, ['orders/b']);
    expect((await tick()).found).toEqual([]);
    expect(analysed()).toEqual(['orders']);
  });

  test('whose delivery comes late has the same run', async () => {
    const { analysed, github, runs, tell, tick } = await build();
    github.push(shop, two, ['orders/b']);
    await tick();
    await tell(two, ['orders/b']);
    expect(analysed()).toEqual(['orders']);
    expect(runs.requests).toHaveLength(1);
  });

  test('counts from the last push that was told', async () => {
    const { analysed, github, tell, tick } = await build();
    github.push(shop, two, ['orders/b']);
    await tell(two, ['orders/b']);
    github.push(shop, three, ['web/c']);
    await tick();
    expect(github.requests).toContain(`compare ${two}...${three}`);
    expect(analysed()).toEqual(['orders', 'web']);
  });

  test('whose changes nobody knows touches every component', async () => {
    const { analysed, github, tick } = await build();
    github.commits.set(shop, [{ commit: three, paths: ['web/c'] }]);
    await tick();
    expect(analysed()).toEqual(['orders', 'web']);
  });

  test('is found again until its event is kept', async () => {
    const { analysed, github, services, tick } = await build();
    github.push(shop, two, ['orders/b']);
    const { bus } = services;
    services.bus = { publish: () => Promise.reject(new Error('cut off')) };
    expect((await tick()).problems).toEqual(['cut off']);
    // Cut off after it: the event is kept, the head is not yet remembered.
    services.bus = {
      publish: async (event) => {
        await bus.publish(event);
        throw new Error('cut off');
      },
    };
    expect((await tick()).problems).toEqual(['cut off']);
    services.bus = bus;
    expect((await tick()).found).toEqual([]);
    expect(analysed()).toEqual(['orders']);
  });

  test('is left alone while its pushes are being redelivered', async () => {
    const { ago, analysed, github, tell, tick, webhooks, work } = await build();
    github.push(shop, two, ['orders/b']);
    github.push(shop, three, ['web/c']);
    for (const guid of [two, three]) webhooks.send({ guid, at: ago(5) });
    webhooks.onRedelivery = async () => 202;
    await work(undeliveredGithub);
    // They have not arrived yet.
    expect((await work(polledPushes)).found).toEqual([]);
    await tell(two, ['orders/b']);
    await tell(three, ['web/c']);
    expect((await tick()).found).toEqual([]);
    expect(analysed()).toEqual(['orders', 'web']);
  });

  test('is looked at again when its redelivered pushes never arrive', async () => {
    const { ago, github, tick, webhooks, work } = await build();
    github.push(shop, two, ['orders/b']);
    webhooks.send({ guid: two, at: ago(5) });
    webhooks.onRedelivery = async () => 502;
    await work(undeliveredGithub);
    expect((await tick()).found).toEqual([shop]);
  });
});

test('the branch that is configured is looked at in place of the default branch', async () => {
  const source = { kind: 'github', repository: shop, ref: 'release/1' } as const;
  const { github, putForward, runs, work } = buildCicd({
    config: {
      repositories: [
        {
          name: shop,
          source: 'github',
          ref: 'release/1',
          analyseOnPush: true,
          components: { orders: ['orders'] },
        },
      ],
    },
    context: { components: [buildComponent('orders', { source })] },
  });
  github.push(`${shop}@release/1`, one, []);
  await work(polledPushes);
  github.push(shop, two, ['orders/a']);
  putForward(15);
  expect((await work(polledPushes)).found).toEqual([]);
  github.push(`${shop}@release/1`, three, ['orders/b']);
  putForward(15);
  expect((await work(polledPushes)).found).toEqual([shop]);
  expect(runs.requests).toMatchObject([
    { input: { origin: { ref: 'refs/heads/release/1', commit: three } } },
  ]);
});

describe('pushes that are being redelivered', () => {
  const elsewhere = repositoryHook('acme/web');

  test.each<[string, Hook, string[]]>([
    ['by a hook of the repository', repositoryHook(shop), []],
    ['by a hook of its organisation', organisation('ACME'), []],
    ['by a hook of another repository', elsewhere, [shop]],
    ['by a hook of another organisation', organisation('other'), [shop]],
  ])('%s: its branch is looked at or not', async (...row) => {
    const [, hook, found] = row;
    const { ago, github, webhooks, work } = await build();
    github.push(shop, two, ['orders/b']);
    webhooks.hooks = [hook];
    webhooks.send({ guid: two, hook, at: ago(5) });
    await work(undeliveredGithub);
    expect((await work(polledPushes)).found).toEqual(found);
  });
});

describe('a repository', () => {
  const config = {
    repositories: ['acme/shop', 'acme/gone', 'acme/busy', 'folder'].map((name) => ({
      name,
      analyseOnPush: true,
      components: { lib: ['lib'] },
    })),
  };

  test('that fails stops no other; one that we may not see is told once', async () => {
    const { github, putForward, said, work } = buildCicd({ config });
    const details = { service: 'github', retryable: false };
    github.failing.set('acme/gone', new UpstreamError('not there', { ...details, status: 404 }));
    github.failing.set('acme/busy', new UpstreamError('busy', { ...details, retryable: true }));
    github.push(shop, one, []);
    await work(polledPushes);
    github.push(shop, two, ['orders/b']);
    putForward(15);
    expect(await work(polledPushes)).toEqual({ found: [shop], problems: ['busy'] });
    expect(said).toEqual([JSON.stringify({ reason: 'not there' })]);
  });

  test('is not asked for once credentials were not accepted elsewhere', async () => {
    const repositories = Array.from({ length: 50 }, (_, n) => ({
      name: `acme/part-${n}`,
      analyseOnPush: true,
      components: { lib: ['lib'] },
    }));
    const { github, work } = buildCicd({ config: { repositories } });
    const details = { service: 'github', status: 401, retryable: false };
    let asked = 0;
    github.getHead = async () => {
      asked += 1;
      throw new UpstreamError('who?', details);
    };
    const { problems } = await work(polledPushes);
    expect(new Set(problems)).toEqual(new Set(['who?']));
    expect(asked).toBeLessThanOrEqual(8);
  });

  test('is asked for only where its pushes are to be analysed, and credentials are set', async () => {
    const unasked = buildCicd({ config: { repositories: [] } });
    await unasked.work(polledPushes);
    const { github, work } = buildCicd();
    github.isSetUp = false;
    await work(polledPushes);
    expect([...unasked.github.requests, ...github.requests]).toEqual([]);
  });
});
