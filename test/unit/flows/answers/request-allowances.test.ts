import { expect, test } from 'vitest';
import { createRequestAllowances } from '../../../../lib/flows/answers/request-allowances.ts';

test('a run has its requests, whoever takes them', () => {
  const allowances = createRequestAllowances(3);
  const taken = [1, 2, 3, 4].map(() => allowances.of('run-1').take());
  expect(taken).toEqual([true, true, true, false]);
  expect(allowances.of('run-2').take()).toBe(true);
});

test('what is kept for the end is left to it', () => {
  const allowances = createRequestAllowances(3);
  const progress = allowances.of('run-1', 2);
  expect([progress.take(), progress.take()]).toEqual([true, false]);
  const answer = allowances.of('run-1');
  expect([answer.take(), answer.take(), answer.take()]).toEqual([true, true, false]);
});

test('runs of long ago are forgotten, so that the counts stay few', () => {
  const allowances = createRequestAllowances(1);
  for (let run = 0; run <= 1_001; run += 1) allowances.of(`run-${run}`).take();
  expect(allowances.of('run-1001').take()).toBe(false);
  expect(allowances.of('run-0').take()).toBe(true);
});

test('what is done afterwards has as many of its own', () => {
  const allowances = createRequestAllowances(2);
  allowances.of('run-1').take();
  const afterwards = allowances.afterwards();
  expect([afterwards.take(), afterwards.take()]).toEqual([true, true]);
  expect(afterwards.isUsedUp()).toBe(false);
  expect([afterwards.take(), afterwards.isUsedUp()]).toEqual([false, true]);
});
