import { expect, test } from 'vitest';
import { endTurn, noTable, takeTurn } from '../../../../lib/domain/tracking/table-record.ts';

const writer = 'run-1';
const now = Date.parse('2026-03-01T10:00:00.000Z');

test('the first one may write at once, and is left alone for two minutes', () => {
  const taken = takeTurn(noTable, { now, writer });
  expect(taken).toEqual({ ...noTable, writer, turn: 1, busyUntil: now + 120_000 });
});

test('while somebody writes, others look again within ten seconds', () => {
  const busy = { ...noTable, busyUntil: now + 100_000 };
  expect(takeTurn(busy, { now, writer })).toEqual({ again: 10 });
  expect(takeTurn(busy, { now: now + 95_500, writer })).toEqual({ again: 5 });
});

test('a run that was cut off goes on with its own turn at once, others wait', () => {
  const cutOff = { ...noTable, writer, busyUntil: now + 120_000 };
  expect(takeTurn(cutOff, { now, writer })).not.toHaveProperty('again');
  expect(takeTurn(cutOff, { now, writer: 'run-2' })).toEqual({ again: 10 });
});

test('ten seconds after a write the next one may', () => {
  const written = endTurn(noTable, now);
  expect(takeTurn(written, { now: now + 9_999, writer })).toEqual({ again: 1 });
  expect(takeTurn(written, { now: now + 10_000, writer })).not.toHaveProperty('again');
});

test('a writer that died is waited for no longer than two minutes, whatever its clock said', () => {
  const abandoned = { ...noTable, busyUntil: now + 120_000 };
  expect(takeTurn(abandoned, { now: now + 120_000, writer })).not.toHaveProperty('again');
  const fromTheFuture = { ...noTable, busyUntil: now + 86_400_000 };
  expect(takeTurn(fromTheFuture, { now, writer })).not.toHaveProperty('again');
});
