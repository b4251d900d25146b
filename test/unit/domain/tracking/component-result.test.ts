import { describe, expect, test } from 'vitest';
import { latestResult, resultOf } from '../../../../lib/domain/tracking/component-result.ts';
import { finding } from '../../../builders/findings.ts';
import { counted, report, reportAfterAnother } from '../../../builders/reports.ts';
import { componentResult } from '../../../builders/tracking.ts';

describe('the result of a report', () => {
  test('counts what is open, new and fixed, without what is for information only', () => {
    const info = finding({ severity: 'info', fingerprint: 'told' });
    const after = reportAfterAnother(
      { new: 2, fixed: 2, newFindings: ['added', 'told'], fixedFindings: [finding(), info] },
      counted([finding({ fingerprint: 'added' }), info]),
    );
    const result = resultOf(after, 'ENG-7');
    expect(result).toMatchObject({
      component: 'orders',
      state: 'succeeded',
      issue: 'ENG-7',
      findings: { new: 1, fixed: 1 },
    });
  });

  test('calls nothing new in a first report', () => {
    expect(resultOf(report(), null).findings).toMatchObject({ new: null, fixed: null });
  });

  test('names the source without the commit that was there at the time', () => {
    const commit = 'a'.repeat(40);
    const source = { kind: 'folder', path: '/src/shop', commit } as const;
    expect(resultOf(report({ source }), null).source).toEqual({
      kind: 'folder',
      path: '/src/shop',
    });
  });
});

describe('of two results', () => {
  const earlier = componentResult({ runId: 'run-1', endedAt: '2026-03-01T10:00:00.000Z' });
  const later = componentResult({ runId: 'run-2', endedAt: '2026-03-01T11:00:00.000Z' });

  test('the later one counts, in whatever order they come in', () => {
    expect(latestResult(earlier, later)).toEqual(later);
    expect(latestResult(later, earlier)).toEqual(later);
    expect(latestResult(undefined, earlier)).toEqual(earlier);
  });

  test('a failed one keeps the findings of the one before', () => {
    const failed = componentResult({ ...later, state: 'failed', findings: null });
    expect(latestResult(earlier, failed)).toEqual({ ...failed, findings: earlier.findings });
  });
});
