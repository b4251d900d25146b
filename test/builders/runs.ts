import type { RunSummary } from '../../lib/domain/run.ts';

/** A run that a person has started and that succeeded; tests fill in what they are about. */
export function runSummary(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '0f8b6c1e-1',
    flow: 'component-analysis',
    name: 'one',
    state: 'succeeded',
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: '2026-03-01T10:00:12.400Z',
    cause: { kind: 'cli' },
    subject: 'lib of acme/shop',
    hasReport: true,
    errorType: null,
    ...overrides,
  };
}
