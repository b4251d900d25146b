import { expect, test } from 'vitest';
import type { BudgetUse } from '../../../../../lib/domain/agents/budget/budget-decision.ts';
import { chooseByRoom } from '../../../../../lib/domain/agents/budget/choose-by-room.ts';

function day(used: number, allowed: number): BudgetUse {
  return { limit: 'day', repository: null, used, allowed };
}

function ofRepository(repository: string, used: number, allowed: number): BudgetUse {
  return { limit: 'repository-day', repository, used, allowed };
}

const waiting = ['acme/shop', 'acme/shop', 'acme/web', 'acme/shop'].map((repository, index) => ({
  id: String(index),
  repository,
}));

function chosen(...uses: BudgetUse[]): string {
  return chooseByRoom(waiting, uses)
    .map(({ id }) => id)
    .join('');
}

test('each takes the starts of three agents from the day', () => {
  expect(chosen(day(0, 20))).toBe('0123');
  expect(chosen(day(11, 20))).toBe('012');
  expect(chosen(day(12, 20))).toBe('01');
  expect(chosen(day(18, 20))).toBe('');
});

test('a repository without room keeps no other one waiting', () => {
  expect(chosen(day(0, 20), ofRepository('acme/shop', 2, 6))).toBe('02');
  expect(chosen(day(0, 20), ofRepository('acme/shop', 6, 6))).toBe('2');
});

test('a day that allows less than an analysis asks for has room for none', () => {
  expect(chosen(day(0, 3))).toBe('0');
  expect(chosen(day(0, 2))).toBe('');
  expect(chosen(day(0, 0))).toBe('');
});

test('places are not counted: an analysis waits for them by itself', () => {
  expect(chosen(day(0, 20), { limit: 'concurrent', repository: null, used: 2, allowed: 2 })).toBe(
    '0123',
  );
});
