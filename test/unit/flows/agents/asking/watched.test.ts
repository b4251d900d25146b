import { expect, test } from 'vitest';
import {
  afterLook,
  beginWatching,
  secondsToNextLook,
  whyOver,
  type Look,
} from '../../../../../lib/flows/agents/asking/watched.ts';

const deadline = 3_600_000;
const seen = (state: 'failed' | 'running', status = 'ACTIVE'): Look => ({
  kind: 'seen',
  view: { state, status },
});

/** How an agent run stands after these looks, a second apart. */
function after(...looks: Look[]) {
  return looks.reduce(
    (watched, look) => afterLook(watched, look, watched.at + 1_000),
    beginWatching(0),
  );
}

test('it goes on while it is seen at work, cannot be looked at, or was missed once', () => {
  const looks: Look[] = [
    seen('running'),
    { kind: 'failed' },
    { kind: 'missing' },
    { kind: 'failed' },
  ];
  expect(whyOver(after(...looks), deadline)).toBeUndefined();
});

test('it is over when it has ended, was missed twice in a row, or somebody has ended it', () => {
  const missing: Look = { kind: 'missing' };
  const closed: Look = { kind: 'closed', run: { state: 'cancelled' } };
  const failed: Look = { kind: 'failed' };
  const over = [
    [seen('failed')],
    [missing, missing],
    [missing, failed, missing],
    [missing, seen('running'), missing],
    [closed],
  ].map((looks) => whyOver(after(...looks), deadline));
  expect(over).toEqual(['ended', 'lost', 'lost', undefined, 'closed']);
});

test('it is late from its deadline on, not a moment before', () => {
  const at = (time: number) => whyOver({ ...beginWatching(time), state: 'running' }, deadline);
  expect([deadline - 1, deadline].map(at)).toEqual([undefined, 'late']);
});

test('an answer that comes at the deadline counts', () => {
  expect(whyOver({ ...after(seen('failed')), at: deadline }, deadline)).toBe('ended');
});

test('what a provider calls a status is cut: each look is kept', () => {
  expect(after(seen('running', 'x'.repeat(10_000))).status).toHaveLength(100);
});

test('the last look comes right after the deadline', () => {
  const next = (at: number) =>
    secondsToNextLook({ ...beginWatching(at) }, { deadline, pause: 180 });
  expect([0, deadline - 90_500, deadline - 10].map(next)).toEqual([180, 91, 1]);
});
