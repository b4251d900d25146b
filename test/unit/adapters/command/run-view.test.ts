import { expect, test } from 'vitest';
import type { PrintedPart } from '../../../../lib/adapters/command/printed.ts';
import type { RunResult } from '../../../../lib/adapters/command/run-records.ts';
import { viewOf } from '../../../../lib/adapters/command/run-view.ts';

const at = '2026-11-23T03:00:00.000Z';
const order = { run: ['/bin/agent'], masked: [], mostOutput: 8_000_000, deadline: at };
const request = { id: 'id', createdAt: at, order };
const said = (kind: PrintedPart['kind'], text: string): PrintedPart => ({ at, kind, text });

const good: RunResult = {
  endedBy: 'exit',
  exitCode: 0,
  signal: null,
  problem: null,
  startedAt: at,
  endedAt: at,
};

function viewAfter(result: Partial<RunResult>, printed: PrintedPart[] = []) {
  const progress = { kind: 'ended', result: { ...good, ...result } } as const;
  return viewOf({ request, progress, printed, publication: undefined });
}

test('a good end has no problem', () => {
  const endedAt = '2026-11-23T03:00:40.000Z';
  expect(viewAfter({ endedAt })).toMatchObject({
    state: 'succeeded',
    status: 'exit 0',
    endedAt,
    problem: null,
  });
});

test.each([
  [{ exitCode: 2 }, 'failed: exit 2', /exit code 2\. It has said nothing\.$/],
  [{ exitCode: null, signal: 'SIGSEGV' }, 'failed: SIGSEGV', /from outside \(SIGSEGV\)/],
  [{ endedBy: 'deadline' }, 'timed-out: deadline', /at its deadline/],
  [{ endedBy: 'cancel' }, 'cancelled: cancel', /was cancelled/],
  [{ endedBy: 'output' }, 'failed: output', /more than 8 MB/],
  [{ endedBy: 'shutdown' }, 'failed: shutdown', /the machine or its container stops/],
  [{ endedBy: 'failure', problem: 'ENOSPC' }, 'failed: failure', /could not be run: ENOSPC/],
] as const)('any other end is told in words: %o', (result, seen, words) => {
  const { problem, state, status, text } = viewAfter(result);
  expect(`${state}: ${status}`).toBe(seen);
  expect(problem).toMatch(words);
  expect(text).toBeNull();
});

test('what it printed is its answer, also where it failed', () => {
  const printed = [said('stdout', 'Two '), said('stderr', 'hm\n'), said('stdout', 'findings.')];
  expect(viewAfter({}, printed).text).toBe('Two findings.');
  expect(viewAfter({ endedBy: 'deadline' }, printed).text).toBe('Two findings.');
  expect(viewAfter({}, [said('stdout', ' \n')]).text).toBeNull();
});

test('a failure quotes the last lines of its errors, or of its answer', () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}\n`).join('');
  const failed = { exitCode: 1 };
  expect(viewAfter(failed, [said('stderr', lines)]).problem).toBe(
    'It has failed with exit code 1. It says: line 4 ⏎ line 5 ⏎ line 6 ⏎ line 7 ⏎ line 8',
  );
  expect(viewAfter(failed, [said('stdout', 'Credit is low')]).problem).toContain('Credit is low');
});

test('what was published, or why not, is told with a good end', () => {
  const pullRequests = [{ url: 'https://github.com/a/b/pull/1', title: 'x', branch: 'cicd/id' }];
  const publication = { pullRequests, problem: 'no right' };
  const progress = { kind: 'ended', result: good } as const;
  expect(viewOf({ request, progress, printed: [], publication })).toMatchObject({
    state: 'succeeded',
    problem: 'no right',
    pullRequests,
  });
});
