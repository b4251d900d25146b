import { describe, expect, test } from 'vitest';
import { formatCause, formatDuration, formatLogLine } from '../../../lib/dashboard/run-text.ts';
import type { RunLogLine } from '../../../lib/domain/run.ts';

const start = '2026-03-01T10:00:00.000Z';

test.each([
  ['2026-03-01T10:00:00.340Z', '340 ms'],
  ['2026-03-01T10:00:12.400Z', '12.4 s'],
  ['2026-03-01T10:03:05.000Z', '3 min 5 s'],
  [null, ''],
])('a run from 10:00:00 to %s took %j', (end, text) => {
  expect(formatDuration(start, end)).toBe(text);
});

test.each([
  [{ kind: 'delivery', deliveryId: '3f2a91c0-7f7e' } as const, 'by delivery 3f2a91c0'],
  [{ kind: 'run', runId: '5f0c9a1e-7f7e' } as const, 'by run 5f0c9a1e'],
  [{ kind: 'cli' } as const, 'by a person'],
])('%j reads %j', (cause, text) => {
  expect(formatCause(cause)).toBe(text);
});

describe('formatLogLine', () => {
  const line: RunLogLine = {
    seq: 1,
    at: '2026-03-01T10:00:09.000Z',
    level: 'info',
    message: 'Report written',
    task: 'report',
    attempt: 1,
    fields: { findings: 12, key: 'a/b' },
  };

  test('shows time, level, task, sentence and fields', () => {
    expect(formatLogLine(line)).toBe(
      '10:00:09 info  report: Report written (findings=12, key=a/b)',
    );
  });

  test('leaves the stack to those who ask for JSON', () => {
    const failed = { ...line, level: 'warn' as const, fields: { error: 'no', stack: 'at x' } };
    expect(formatLogLine(failed)).toBe('10:00:09 warn  report: Report written (error=no)');
  });

  test('shows of ids what lists show, and no field that says nothing', () => {
    const agentRunId = 'e00e29c2-ad8d-4fac-bf36-72717cf51935';
    const going = { agentRunId, url: null, state: 'running', status: 'running' };
    expect(formatLogLine({ ...line, fields: going })).toMatch(
      / \(agentRunId=e00e29c2, state=running\)$/,
    );
    const odd = { runId: 'nightly', state: 'running', status: 'EVALUATION' };
    expect(formatLogLine({ ...line, fields: odd })).toMatch(
      / \(runId=nightly, state=running, status=EVALUATION\)$/,
    );
  });

  test('is one line, also when an error has several', () => {
    const failed = { ...line, fields: { error: 'no\n10:00:10 info all is well' } };
    expect(formatLogLine(failed)).toContain('(error=no ⏎ 10:00:10 info all is well)');
  });
});
