import { expect, test } from 'vitest';
import { endTurn, noTable, takeTurn } from '../../../../lib/domain/tracking/table-record.ts';

const now = Date.parse('2026-03-01T10:00:00.000Z');

test('the first one may write at once, and is left alone for two minutes', () => {
  const taken = takeTurn(noTable, now);
  expect(taken).toEqual({ ...noTable, busyUntil: now + 120_000 });
});

test('while somebody writes, others look again within half a minute', () => {
  const busy = { ...noTable, busyUntil: now + 100_000 };
  expect(takeTurn(busy, now)).toEqual({ again: 30 });
  expect(takeTurn(busy, now + 95_500)).toEqual({ again: 5 });
});

test('half a minute after a write the next one may', () => {
  const written = endTurn(noTable, now);
  expect(takeTurn(written, now + 29_999)).toEqual({ again: 1 });
  expect(takeTurn(written, now + 30_000)).not.toHaveProperty('again');
});

test('a writer that died is waited for no longer than two minutes, whatever its clock said', () => {
  const abandoned = { ...noTable, busyUntil: now + 120_000 };
  expect(takeTurn(abandoned, now + 120_000)).not.toHaveProperty('again');
  const fromTheFuture = { ...noTable, busyUntil: now + 86_400_000 };
  expect(takeTurn(fromTheFuture, now)).not.toHaveProperty('again');
});
