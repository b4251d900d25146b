import { expect, test } from 'vitest';
import {
  createDeferredAnalyses,
  type DeferredAnalysis,
} from '../../../../lib/flows/agents/deferred-analyses.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

function deferred(component: string, hour: number, runId = 'run-1'): DeferredAnalysis {
  return {
    input: {
      repository: 'acme/shop',
      component,
      paths: [component],
      source: { kind: 'folder', path: '/src/shop' },
      origin: { kind: 'linear-issue', id: 'i-1', identifier: 'ZAM-1' },
      agents: true,
    },
    runId,
    reason: 'The agent runs of the day are used.',
    notBefore: `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`,
  };
}

const now = () => Date.parse('2026-11-23T12:00:00.000Z');

test('the analysis that may be tried first is the first', async () => {
  const analyses = createDeferredAnalyses(buildStore(now), now);
  await analyses.defer(deferred('web', 15));
  await analyses.defer(deferred('orders', 9));
  expect(await analyses.list(10)).toMatchObject([deferred('orders', 9), deferred('web', 15)]);
  expect(await analyses.list(1)).toMatchObject([deferred('orders', 9)]);
});

test('a later one takes the place of the one before, of the same component and origin', async () => {
  const analyses = createDeferredAnalyses(buildStore(now), now);
  await analyses.defer(deferred('web', 9));
  await analyses.defer(deferred('web', 15, 'run-2'));
  const { origin: _none, ...input } = deferred('web', 16).input;
  await analyses.defer({ ...deferred('web', 16, 'run-3'), input });
  expect((await analyses.list(10)).map(({ runId }) => runId)).toEqual(['run-2', 'run-3']);
});

test('who removes it leaves one that came later', async () => {
  const analyses = createDeferredAnalyses(buildStore(now), now);
  await analyses.defer(deferred('web', 9));
  const [before] = await analyses.list(1);
  await analyses.defer(deferred('web', 15, 'run-2'));
  await analyses.remove(before?.id ?? '');
  const [after] = await analyses.list(1);
  expect(after).toMatchObject({ runId: 'run-2' });
  await analyses.remove(after?.id ?? '');
  expect(await analyses.list(1)).toEqual([]);
});

test('also one that comes while it is being removed', async () => {
  const store = buildStore(now);
  const analyses = createDeferredAnalyses(store, now);
  await analyses.defer(deferred('web', 9));
  const [before] = await analyses.list(1);
  const get: typeof store.get = async (...asked) => {
    const item = await store.get(...asked);
    await analyses.defer(deferred('web', 15, 'run-2'));
    return item;
  };
  await createDeferredAnalyses({ ...store, get }, now).remove(before?.id ?? '');
  expect(await analyses.list(10)).toMatchObject([{ runId: 'run-2' }]);
});
