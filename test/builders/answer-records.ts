import type { AnswerRecord } from '../../lib/domain/answers/answer-record.ts';
import { nothingDone } from '../../lib/domain/answers/issue-memory.ts';

/** What the run `run-2` owes to ENG-7. */
export function buildAnswerRecord(overrides: Partial<AnswerRecord> = {}): AnswerRecord {
  return {
    place: { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' },
    run: { id: 'run-2', startedAt: '2026-11-22T10:00:00.000Z', subject: 'orders of acme/shop' },
    openedAt: '2026-11-22T10:00:01.000Z',
    outcome: null,
    reportRunId: null,
    issue: nothingDone,
    refusedAt: null,
    closed: null,
    ...overrides,
  };
}
