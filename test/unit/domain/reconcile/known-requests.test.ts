import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  matchRequest,
  type KnownRequest,
  type ToldRequest,
} from '../../../../lib/domain/reconcile/known-requests.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();
const webhook = (ms: number): ToldRequest => ({ way: 'webhook', from: at(ms), until: at(ms) });
const poll = (ms: number, untilMs = ms): ToldRequest => ({
  way: 'poll',
  from: at(ms),
  until: at(untilMs),
});

/** The times of the runs that come of it, in seconds after the start; one after the other is told. */
function runsOf(...told: readonly ToldRequest[]): number[] {
  let known: KnownRequest[] = [];
  const names = told.map((request) => {
    const match = matchRequest(known, request);
    ({ known } = match);
    return (Date.parse(match.at) - start) / 1_000;
  });
  return [...new Set(names)];
}

describe('one request', () => {
  test('has one run, whichever way tells it first and however often', () => {
    expect(runsOf(webhook(0), poll(400), webhook(0), poll(400))).toEqual([0]);
    expect(runsOf(poll(0), webhook(-400), poll(0), webhook(-400))).toEqual([0]);
    expect(runsOf(poll(0), poll(0))).toEqual([0]);
  });

  test('is told by both within ten seconds, not later', () => {
    expect(runsOf(webhook(0), poll(10_000))).toEqual([0]);
    expect(runsOf(webhook(0), poll(10_001))).toEqual([0, 10.001]);
  });
});

test('a request that the poll tells together with an earlier change has one run', () => {
  expect(runsOf(webhook(45_000), poll(0, 45_000))).toEqual([45]);
  expect(runsOf(poll(0, 45_000), webhook(45_000))).toEqual([0]);
  expect(runsOf(poll(0, 45_000), webhook(56_000))).toEqual([0, 56]);
});

describe('two requests shortly after each other', () => {
  test('have two runs where each way tells both', () => {
    expect(runsOf(webhook(0), webhook(3_000), poll(100), poll(3_100))).toEqual([0, 3]);
    expect(runsOf(poll(100), poll(3_100), webhook(0), webhook(3_000))).toEqual([0.1, 3.1]);
  });

  test('have two runs where one way has missed one of them', () => {
    expect(runsOf(webhook(0), poll(100), poll(3_100))).toEqual([0, 3.1]);
    expect(runsOf(poll(100), poll(3_100), webhook(3_000))).toEqual([0.1, 3.1]);
  });

  test('have two runs where nobody tells of a second way', () => {
    expect(runsOf(webhook(0), webhook(500))).toEqual([0, 0.5]);
    expect(runsOf(poll(0), poll(500))).toEqual([0, 0.5]);
  });
});

test('a time that is none is known by itself only', () => {
  const odd: ToldRequest = { way: 'webhook', from: 'yesterday', until: 'yesterday' };
  const { known } = matchRequest([], odd);
  expect(matchRequest(known, odd).isKnown).toBe(true);
  expect(matchRequest(known, poll(0)).isKnown).toBe(false);
});

test('in every order, requests 30 seconds apart have one run each', () => {
  const told = fc.uniqueArray(fc.nat(20), { minLength: 1, maxLength: 8 }).chain((slots) => {
    const both = slots.flatMap((slot) => [webhook(slot * 30_000), poll(slot * 30_000 + 700)]);
    return fc.tuple(
      fc.constant(slots.length),
      fc.shuffledSubarray([...both, ...both], { minLength: both.length * 2 }),
    );
  });
  fc.assert(
    fc.property(told, ([requests, order]) => {
      expect(runsOf(...order)).toHaveLength(requests);
    }),
  );
});

test('remembers so many that none grows without bounds', () => {
  const times = Array.from({ length: 100 }, (_, index) => webhook(index * 60_000));
  let known: KnownRequest[] = [];
  for (const request of times) ({ known } = matchRequest(known, request));
  expect(known).toHaveLength(40);
  expect(known.at(-1)?.at).toBe(times.at(-1)?.from);
});
