import type { RunDetail, Task } from '../../lib/domain/run.ts';
import { runSummary } from './runs.ts';

/** A task of ten seconds that succeeded; tests fill in what they are about. */
export function task(overrides: Partial<Task> = {}): Task {
  return {
    id: 'task-1',
    parentId: null,
    name: 'get component files',
    kind: 'step',
    state: 'succeeded',
    attempts: 1,
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: '2026-03-01T10:00:10.000Z',
    movedAt: overrides.endedAt ?? overrides.startedAt ?? '2026-03-01T10:00:10.000Z',
    error: null,
    ...overrides,
  };
}

/** A run that succeeded, with everything about it. */
export function runDetail(overrides: Partial<RunDetail> = {}): RunDetail {
  const errorType = overrides.error?.type ?? null;
  const summary = runSummary({ errorType });
  return { ...summary, input: {}, result: null, error: null, tasks: [], ...overrides };
}
