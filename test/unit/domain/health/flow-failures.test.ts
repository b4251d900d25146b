import { describe, expect, test } from 'vitest';
import { rateFlowFailures } from '../../../../lib/domain/health/flow-failures.ts';
import type { RunState, RunSummary } from '../../../../lib/domain/run.ts';
import { runSummary } from '../../../builders/runs.ts';

function runs(
  flow: string,
  states: Partial<Record<RunState, number>>,
  errorType: string | null = null,
): RunSummary[] {
  return Object.entries(states).flatMap(([state, count]) =>
    Array.from({ length: count }, () =>
      runSummary({
        flow,
        errorType,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries widens keys
        state: state as RunState,
        endedAt: state === 'running' ? null : '2026-03-01T10:00:12.400Z',
      }),
    ),
  );
}

const threshold = 0.1;

describe('rateFlowFailures', () => {
  test('counts failed and timed-out runs among those that have ended', () => {
    const listed = runs('report', { succeeded: 5, failed: 1, timed_out: 2, running: 9 });
    expect(rateFlowFailures(listed, threshold)).toEqual({
      value: 3 / 8,
      detail: 'report: 3 of 8 runs failed',
    });
  });

  test('does not take a run for failed because somebody has stopped it', () => {
    expect(rateFlowFailures(runs('report', { succeeded: 4, stopped: 1 }), threshold).value).toBe(0);
  });

  test('takes a run for failed that was stopped because it hung', () => {
    const hung = runs('report', { stopped: 1 }, 'Hanging');
    const listed = [...runs('report', { succeeded: 4 }), ...hung];
    expect(rateFlowFailures(listed, threshold).value).toBe(1 / 5);
  });

  test('leaves out runs that an upgrade has ended', () => {
    const ended = runs('report', { failed: 5 }, 'CodeChanged');
    expect(rateFlowFailures(ended, threshold).value).toBeNull();
    expect(rateFlowFailures([...runs('report', { succeeded: 5 }), ...ended], threshold).value).toBe(
      0,
    );
  });

  test('does not judge a flow by fewer than five runs', () => {
    expect(rateFlowFailures(runs('report', { failed: 4 }), threshold)).toEqual({
      value: null,
      detail: 'no flow has ended 5 times in the last 24 hours',
    });
  });

  test('looks at the latest fifty runs of a flow: it may have been repaired', () => {
    const listed = [
      ...runs('report', { succeeded: 49, failed: 1 }),
      ...runs('report', { failed: 300 }),
    ];
    expect(rateFlowFailures(listed, threshold).value).toBe(1 / 50);
  });

  test('counts by the worst flow and names all bad ones, the worst first', () => {
    const listed = [
      ...runs('system-health', { succeeded: 288 }),
      ...runs('autonomous-cicd', { succeeded: 8, failed: 2 }),
      ...runs('component-analysis', { failed: 5 }),
    ];
    expect(rateFlowFailures(listed, threshold)).toEqual({
      value: 1,
      detail: 'component-analysis: 5 of 5 runs failed; autonomous-cicd: 2 of 10 runs failed',
    });
  });

  test('shows the figures of the worst flow where none is bad', () => {
    const listed = [...runs('a', { succeeded: 19, failed: 1 }), ...runs('b', { succeeded: 20 })];
    expect(rateFlowFailures(listed, threshold).detail).toBe('a: 1 of 20 runs failed');
  });
});
