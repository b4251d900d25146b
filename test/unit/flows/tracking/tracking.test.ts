import { describe, expect, test } from 'vitest';
import { componentResultSchema } from '../../../../lib/domain/tracking/component-result.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { readLatestResults } from '../../../../lib/flows/tracking/component-results.ts';
import { createTracking } from '../../../../lib/flows/tracking/tracking.ts';
import { configSchema } from '../../../../lib/runtime/config-schema.ts';
import type { Logger } from '../../../../lib/runtime/logging.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';
import { componentResult, trackedIssue, TrackerWithOneIssue } from '../../../builders/tracking.ts';

const call = { urgency: 'upkeep' } as const;

const quiet = () => {};

/** An installation with the component `orders` of `acme/shop`, and a clock that tests move. */
function startTracking({ trackingIssue = 'ENG-1' }: { trackingIssue?: string | undefined } = {}) {
  const tracker = new TrackerWithOneIssue();
  tracker.children = [trackedIssue('ENG-7', 'Component analysis: orders')];
  const store = buildStore();
  const clock = { now: Date.parse('2026-03-01T10:00:00.000Z') };
  const warnings: string[] = [];
  const log: Logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (message) => warnings.push(message),
  };
  const config = configSchema.parse({
    repositories: [
      { name: 'acme/shop', source: '/src/shop', components: { orders: ['orders/**'] } },
    ],
    linear: trackingIssue === '' ? {} : { trackingIssue },
  });
  const tracking = createTracking({
    tracker: { ...unusedTracker, ...tracker.port },
    store,
    config: { config, folder: '/src' },
    stack: 'test',
    now: () => clock.now,
    linkTo: (runId) => `https://cicd.example/runs/${runId}`,
  });
  const update = () => tracking.update({ runId: 'run-1', call }, log, componentResult());
  return { clock, log, store, tracker, tracking, update, warnings };
}

const unused = async () => {
  throw new Error('not used here');
};
const unusedTracker = { getIssue: unused, listRequests: unused };

describe('the table on the tracking issue', () => {
  test('is one comment, which later results change in place', async () => {
    const { clock, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult({ runId: 'run-1' }));
    expect(await update()).toBe('written');
    clock.now += 60_000;
    const later = { runId: 'run-2', endedAt: '2026-03-01T10:01:00.000Z' };
    await tracking.noteResult(componentResult(later));
    expect(await update()).toBe('written');
    const [text, ...others] = [...tracker.comments.values()];
    expect(others).toEqual([]);
    expect(text).toContain('[ENG-7](https://linear.app/acme/issue/ENG-7) | Todo |');
    expect(text).toContain('https://cicd.example/runs/run-2');
    expect(text).not.toContain('run-1');
  });

  test('costs one read and one write, and nothing where the result stands there already', async () => {
    const { clock, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    await update();
    expect([tracker.reads, tracker.writes]).toEqual([1, 1]);
    clock.now += 60_000;
    await tracking.noteResult(componentResult());
    expect(await update()).toBe('unchanged');
    expect([tracker.reads, tracker.writes]).toEqual([1, 1]);
  });

  test('is looked at without a new result where nobody names one, and written only if it differs', async () => {
    const { clock, log, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    await update();
    clock.now += 60_000;
    expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('unchanged');
    expect([tracker.reads, tracker.writes]).toEqual([2, 1]);
    clock.now += 60_000;
    tracker.children = [];
    expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('written');
  });

  test('is not written again because the tracker gives it back in other Markdown', async () => {
    const { clock, log, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    await update();
    for (const [id, body] of tracker.comments) {
      tracker.comments.set(id, body.replaceAll('**', '__'));
    }
    clock.now += 60_000;
    expect(await tracking.update({ runId: 'run-1', call }, log)).toBe('unchanged');
  });

  test('comes back twice after somebody has deleted it, then stays away and says so', async () => {
    const { clock, log, tracker, tracking, warnings } = startTracking();
    const outcomes = [];
    for (let turn = 0; turn < 4; turn += 1) {
      outcomes.push(await tracking.update({ runId: 'run-1', call }, log));
      tracker.comments.clear();
      clock.now += 60_000;
    }
    expect(outcomes).toEqual(['written', 'written', 'written', 'idle']);
    expect(warnings).toEqual(['The comment on ENG-1 was deleted 3 times: it is not written again']);
  });

  test('two installations do not share the comment', async () => {
    const one = startTracking();
    await one.update();
    await one.tracking.noteResult(componentResult());
    await one.update();
    const other = createTracking({
      tracker: { ...unusedTracker, ...one.tracker.port },
      store: buildStore(),
      config: { config: configSchema.parse({ linear: { trackingIssue: 'ENG-1' } }), folder: '/' },
      stack: 'other',
      now: () => one.clock.now,
      linkTo: (runId) => runId,
    });
    await other.update({ runId: 'run-1', call }, one.log);
    expect(one.tracker.comments.size).toBe(2);
  });
});

describe('many analyses at the same time', () => {
  test('share a write: who comes within ten seconds is told when to look again', async () => {
    const { clock, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    await update();
    clock.now += 4_000;
    await tracking.noteResult(
      componentResult({ runId: 'run-2', endedAt: '2026-03-01T10:00:10.000Z' }),
    );
    expect(await update()).toEqual({ again: 6 });
    clock.now += 6_000;
    expect(await update()).toBe('written');
    expect(await update()).toBe('unchanged');
    expect([tracker.reads, tracker.writes]).toEqual([2, 2]);
  });

  test('that come together write once', async () => {
    const { tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    const outcomes = await Promise.all([update(), update(), update()]);
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toHaveLength(2);
    expect(tracker.writes).toBe(1);
  });

  test('lose no result that comes in while the table is written', async () => {
    const { clock, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    const meanwhile = { runId: 'run-2', endedAt: '2026-03-01T10:00:05.000Z' };
    tracker.beforeChange = () => tracking.noteResult(componentResult(meanwhile));
    await update();
    clock.now += 10_000;
    expect(await update()).toBe('written');
    expect([...tracker.comments.values()].join('')).toContain('run-2');
  });
});

/** While `run-1` waits for the tracker, two minutes pass, and `run-2` notes its result and writes. */
async function startSlowly(hook: 'beforeChange' | 'beforeRead') {
  const tracked = startTracking();
  const { clock, log, tracker, tracking } = tracked;
  await tracking.noteResult(componentResult());
  const outcomes: unknown[] = [];
  tracker[hook] = async () => {
    tracker[hook] = () => {};
    clock.now += 121_000;
    const later = { runId: 'run-2', endedAt: '2026-03-01T10:02:00.000Z' };
    await tracking.noteResult(componentResult(later));
    outcomes.push(await tracking.update({ runId: 'run-2', call }, log));
  };
  outcomes.push(await tracked.update());
  return { ...tracked, outcomes };
}

describe('a writer that takes too long', () => {
  test('writes no more once somebody else has written', async () => {
    const { outcomes, tracker } = await startSlowly('beforeRead');
    expect(outcomes).toEqual(['written', { again: 10 }]);
    expect(tracker.writes).toBe(1);
    expect([...tracker.comments.values()].join('')).toContain('run-2');
  });

  test('does not forget for others what they have written', async () => {
    const { clock, outcomes, tracker, tracking, log } = await startSlowly('beforeChange');
    expect(outcomes).toEqual(['written', { again: 10 }]);
    expect(tracker.comments.size).toBe(1);
    clock.now += 10_000;
    tracker.comments.clear();
    await tracking.update({ runId: 'run-3', call }, log);
    expect(tracker.comments.size).toBe(1);
  });

  test('has its whole time again for each thing that it does', async () => {
    const { clock, log, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    tracker.beforeRead = () => void (clock.now += 100_000);
    const others: unknown[] = [];
    tracker.beforeChange = async () => {
      clock.now += 100_000;
      others.push(await tracking.update({ runId: 'run-2', call }, log));
    };
    expect(await update()).toBe('written');
    expect(others).toEqual([{ again: 10 }]);
  });
});

describe('where something is wrong', () => {
  test('a failed write is made up for ten seconds later, into the same comment', async () => {
    const { clock, tracker, tracking, update } = startTracking();
    await tracking.noteResult(componentResult());
    tracker.beforeChange = () => {
      throw new UpstreamError('Linear is down', { service: 'linear', retryable: true });
    };
    await expect(update()).rejects.toThrow('Linear is down');
    expect(await update()).toEqual({ again: 10 });
    tracker.beforeChange = () => {};
    clock.now += 10_000;
    expect(await update()).toBe('written');
    expect(tracker.comments.size).toBe(1);
  });

  test('a tracking issue that is not there is told in the log', async () => {
    const { tracker, tracking, update, warnings } = startTracking();
    tracker.isThere = false;
    await tracking.noteResult(componentResult());
    expect(await update()).toBe('idle');
    expect(warnings).toEqual(['The tracking issue was not found: see linear.trackingIssue']);
  });

  test('without a tracking issue nothing is asked of the tracker, and results are kept', async () => {
    const { store, tracker, tracking, update } = startTracking({ trackingIssue: '' });
    await tracking.noteResult(componentResult());
    expect(await update()).toBe('idle');
    expect([tracker.reads, tracker.writes]).toEqual([0, 0]);
    const kept = [...(await readLatestResults(store)).values()];
    expect(kept).toEqual([componentResultSchema.parse(componentResult())]);
  });
});
