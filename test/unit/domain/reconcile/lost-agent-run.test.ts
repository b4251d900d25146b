import { describe, expect, test } from 'vitest';
import {
  decideLost,
  isAbandoned,
  isLongOver,
  type Sighting,
} from '../../../../lib/domain/reconcile/lost-agent-run.ts';
import type { RunState } from '../../../../lib/domain/run.ts';
import { buildAgentRun } from '../../../builders/agent-runs.ts';

const agentRun = buildAgentRun({
  startedAt: '2026-11-23T12:00:00.000Z',
  deadline: '2026-11-23T13:00:00.000Z',
});
const at = (time: string) => Date.parse(`2026-11-23T${time}:00.000Z`);

describe('an agent run is abandoned', () => {
  test.each<[string, RunState | undefined, boolean]>([
    ['stopped', 'stopped', true],
    ['timed out', 'timed_out', true],
    ['succeeded', 'succeeded', true],
    ['gone', undefined, true],
    ['waiting', 'waiting', false],
    ['running', 'running', false],
  ])('where its run is %s', (_, runState, expected) => {
    expect(isAbandoned(agentRun, { runState, now: at('12:01'), awakeSince: 0 })).toBe(expected);
  });

  test('half an hour after its deadline, also where its run goes on', () => {
    const waiting = { runState: 'waiting', awakeSince: 0 } as const;
    expect(isAbandoned(agentRun, { ...waiting, now: at('13:29') })).toBe(false);
    expect(isAbandoned(agentRun, { ...waiting, now: at('13:30') })).toBe(true);
    const awake = { ...waiting, awakeSince: at('15:00') };
    expect(isAbandoned(agentRun, { ...awake, now: at('15:29') })).toBe(false);
  });

  test('not while its start may still get through', () => {
    const starting = { ...agentRun, providerId: null };
    const abandoned = (now: string) =>
      isAbandoned(starting, { runState: 'stopped', now: at(now), awakeSince: 0 });
    expect(abandoned('12:09')).toBe(false);
    expect(abandoned('12:10')).toBe(true);
  });
});

function seen(change: Partial<Extract<Sighting, { kind: 'seen' }>> = {}): Sighting {
  return {
    kind: 'seen',
    state: 'running',
    problem: null,
    canCancel: true,
    ...change,
  };
}

const failed = (more: { mayBeAtWork: boolean }) => ({ state: 'failed', ...more });

describe('an abandoned agent run', () => {
  test.each<[string, Sighting, object]>([
    ['at work, is ended', seen(), { cancel: true, state: 'cancelled' }],
    ['that asks something, is ended', seen({ state: 'waiting' }), { cancel: true }],
    ['at work and out of reach, goes on', seen({ canCancel: false }), { kind: 'leave' }],
    ['that failed, has its words', seen({ state: 'failed', problem: 'No' }), { problem: 'No' }],
    ['that failed, is not ended', seen({ state: 'failed' }), { cancel: false, state: 'failed' }],
    ['that answered, has succeeded', seen({ state: 'succeeded' }), { state: 'succeeded' }],
    ['that is not known, has failed', { kind: 'unknown' }, failed({ mayBeAtWork: false })],
    ['without a provider, has failed', { kind: 'no provider' }, failed({ mayBeAtWork: true })],
    ['not heard of for a day, has failed', { kind: 'unseen' }, failed({ mayBeAtWork: true })],
    ['of which no start was heard, has failed', { kind: 'unheard' }, failed({ mayBeAtWork: true })],
  ])('%s', (_, sighting, decision) => {
    expect(decideLost(agentRun, sighting, at('12:30'))).toMatchObject(decision);
  });

  test.each([
    [true, 'It had not answered by its deadline.'],
    [false, 'It had not answered by its deadline. It may still be at work.'],
  ])('is timed out at its deadline (can be ended: %s)', (canCancel, problem) => {
    expect(decideLost(agentRun, seen({ canCancel }), at('13:00'))).toEqual({
      kind: 'close',
      cancel: canCancel,
      state: 'timed-out',
      problem,
      mayBeAtWork: !canCancel,
    });
  });

  test('is over a day after its deadline, whatever is heard of it', () => {
    expect(isLongOver(agentRun, at('13:00') + 86_399_999)).toBe(false);
    expect(isLongOver(agentRun, at('13:00') + 86_400_000)).toBe(true);
  });
});
