import { describe, expect, test } from 'vitest';
import {
  isToldArrival,
  matchPush,
  type KnownPush,
} from '../../../../lib/domain/reconcile/told-pushes.ts';

/** `webhook A B`: a webhook tells of a push from A to B. */
type Telling = `${'webhook' | 'poll'} ${string} ${string}`;

const at = '2026-11-22T10:00:00.000Z';

/** Which push each of them tells, by its number in the order in which pushes became known. */
function tell(...tellings: Telling[]): { pushes: string[]; known: readonly KnownPush[] } {
  let known: readonly KnownPush[] = [];
  const pushes = tellings.map((telling, index) => {
    const [way, before = '', commit = ''] = telling.split(' ');
    const found = matchPush(known, {
      way: way === 'poll' ? 'poll' : 'webhook',
      before,
      commit,
      deliveryId: `d-${index}`,
      at,
    });
    known = found.known;
    return `${found.push.before}${found.push.commit}${found.push.round}`;
  });
  return { pushes, known };
}

test('a new branch that a second hook tells late is not taken for one made again', () => {
  const { pushes } = tell('webhook 0 A', 'webhook A B', 'webhook 0 A');
  expect(pushes).toEqual(['0A1', 'AB1', '0A1']);
});

describe('a push is told twice', () => {
  test.each<[string, Telling[], string[]]>([
    ['by two hooks', ['webhook A B', 'webhook A B'], ['AB1', 'AB1']],
    ['by a poll and its webhook', ['poll A B', 'webhook A B'], ['AB1', 'AB1']],
    ['by its webhook and a poll', ['webhook A B', 'poll A B'], ['AB1', 'AB1']],
    [
      'by a poll and the webhook of the last of several pushes, which comes alone',
      ['poll A C', 'webhook B C'],
      ['AC1', 'AC1'],
    ],
    [
      'by a poll and the webhook of the last of several pushes, after the one before it',
      ['poll A C', 'webhook A B', 'webhook B C', 'webhook B C'],
      ['AC1', 'AB1', 'AC1', 'AC1'],
    ],
    [
      'by a poll and a webhook that comes after the next push',
      ['poll A C', 'webhook C D', 'webhook A B', 'webhook B C'],
      ['AC1', 'CD1', 'AB1', 'AC1'],
    ],
    [
      'by a second hook, after the next push',
      ['webhook A B', 'webhook B C', 'webhook A B'],
      ['AB1', 'BC1', 'AB1'],
    ],
  ])('%s', (_how, tellings, pushes) => {
    expect(tell(...tellings).pushes).toEqual(pushes);
  });
});

describe('a push to where the branch was before is another one', () => {
  test.each<[string, Telling[], string[]]>([
    [
      'told by webhooks',
      ['webhook X A', 'webhook A B', 'webhook B A', 'webhook A B', 'webhook A B'],
      ['XA1', 'AB1', 'BA1', 'AB2', 'AB2'],
    ],
    [
      'found by polls',
      ['poll X A', 'poll A B', 'poll B A', 'poll A B'],
      ['XA1', 'AB1', 'BA1', 'AB2'],
    ],
    [
      'found by a poll after webhooks',
      ['webhook X A', 'webhook A B', 'poll B A', 'webhook B A'],
      ['XA1', 'AB1', 'BA1', 'BA1'],
    ],
  ])('%s', (_how, tellings, pushes) => {
    expect(tell(...tellings).pushes).toEqual(pushes);
  });
});

test('a delivery tells the same push whenever it is read again', () => {
  const { known } = tell('webhook X A', 'webhook A B', 'webhook B A');
  const again = { way: 'webhook', before: 'A', commit: 'B', deliveryId: 'd-1', at } as const;
  expect(matchPush(known, again)).toEqual({ push: known[1], known });
});

test.each<[string, Telling[], boolean]>([
  ['has come there', ['webhook A B'], true],
  ['has come there by a push that starts elsewhere', ['webhook C B', 'webhook A C'], true],
  ['has gone elsewhere', ['webhook A C'], false],
  ['was there before it left', ['webhook X B', 'webhook B A'], false],
  ['has come back', ['webhook X B', 'webhook B A', 'webhook A B'], true],
])('whether a branch that was at A is known to be at B: it %s', (_what, tellings, isTold) => {
  const commit = 'B';
  expect(isToldArrival(tell(...tellings).known, { before: 'A', commit })).toBe(isTold);
});

test('the latest fifty are remembered', () => {
  const tellings = Array.from({ length: 60 }, (_, n): Telling => `webhook ${n} ${n + 1}`);
  const { known } = tell(...tellings);
  expect([known.length, known.at(-1)?.commit]).toEqual([50, '60']);
});
