import { expect, test } from 'vitest';
import {
  answerRecordSchema,
  closeRecord,
  takeOver,
  withOutcome,
} from '../../../../lib/domain/answers/answer-record.ts';
import { buildAnswerRecord } from '../../../builders/answer-records.ts';
import { buildMemory, states } from '../../../builders/tracked-issues.ts';

const { place } = buildAnswerRecord();
const at = '2026-11-22T11:00:00.000Z';

function run(id: string, startedAt: string) {
  return { id, startedAt, subject: 'orders of acme/shop' };
}

test('the first run at a place owes an answer', () => {
  const first = run('run-1', '2026-11-22T10:59:00.000Z');
  const record = takeOver(undefined, { at, place, run: first });
  expect(record).toMatchObject({ run: first, openedAt: at, outcome: null, closed: null });
});

test('a run that comes back finds what it has done', () => {
  const before = buildAnswerRecord({ outcome: { kind: 'report', report: 'reports/run-2.json' } });
  expect(takeOver(before, { at, place, run: before.run })).toBe(before);
});

test('a newer run takes over, knowing what was done to the issue', () => {
  const issue = buildMemory({ generation: 1, commentMade: true, before: states.todo });
  const before = closeRecord(
    buildAnswerRecord({
      issue,
      outcome: { kind: 'report', report: 'reports/run-2.json' },
    }),
    { at, isShown: true, problem: null },
  );
  const newer = run('run-3', '2026-11-22T10:30:00.000Z');
  expect(takeOver(before, { at, place, run: newer })).toMatchObject({
    run: newer,
    outcome: null,
    closed: null,
    reportRunId: 'run-2',
    issue: { generation: 1, commentMade: true },
  });
});

test('an older run is superseded, and of two at the same time always the same one', () => {
  const before = buildAnswerRecord();
  const older = run('run-9', '2026-11-22T09:59:59.999Z');
  expect(takeOver(before, { at, place, run: older })).toBe('superseded');
  const sameTime = (id: string) => run(id, before.run.startedAt);
  expect(takeOver(before, { at, place, run: sameTime('run-1') })).toBe('superseded');
  expect(takeOver(before, { at, place, run: sameTime('run-3') })).not.toBe('superseded');
});

test('a closed record knows its newest report, and forgets where the issue was', () => {
  const issue = buildMemory({
    generation: 2,
    commentMade: true,
    before: states.todo,
    leftIn: states.running.id,
  });
  const answered = withOutcome(buildAnswerRecord({ issue, reportRunId: 'run-1' }), {
    kind: 'report',
    report: 'reports/run-2.json',
  });
  const closed = closeRecord(answered, { at, isShown: true, problem: null });
  expect(closed).toMatchObject({
    reportRunId: 'run-2',
    closed: { at, problem: null },
    issue: { generation: 2, commentMade: true, before: null, leftIn: null },
  });
  expect(answerRecordSchema.parse(JSON.parse(JSON.stringify(closed)))).toEqual(closed);
});

const report = { kind: 'report', report: 'reports/run-2.json' } as const;

test('a report that stands in part is the newest one', () => {
  const record = buildAnswerRecord({ outcome: report, reportRunId: 'run-1' });
  const closed = closeRecord(record, { at, isShown: true, problem: 'The label was refused' });
  expect(closed).toMatchObject({
    reportRunId: 'run-2',
    closed: { problem: 'The label was refused' },
  });
});

test.each([
  ['was never shown', report, { isShown: false, problem: 'The issue is gone' }],
  ['has failed', { kind: 'failed', reason: 'No files' }, { isShown: true, problem: null }],
] as const)('the report before stays the newest one when a run %s', (_case, outcome, how) => {
  const record = buildAnswerRecord({ outcome, reportRunId: 'run-1' });
  expect(closeRecord(record, { at, ...how }).reportRunId).toBe('run-1');
});

test('a record from before refusals were kept is read', () => {
  const { refusedAt: _later, ...earlier } = buildAnswerRecord();
  expect(answerRecordSchema.parse(earlier)).toEqual(buildAnswerRecord());
});
