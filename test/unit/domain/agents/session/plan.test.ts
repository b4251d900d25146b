import { expect, test } from 'vitest';
import {
  mayTakeLong,
  planAfter,
  planAhead,
  planAt,
  waitingForTurn,
} from '../../../../../lib/domain/agents/session/plan.ts';

const statusesAt = (task: string) => planAt(task).map(({ status }) => status);

test('steps before the one that is done are completed, those behind it wait', () => {
  expect(statusesAt('analyse architecture')).toEqual([
    'completed',
    'completed',
    'inProgress',
    'pending',
    'pending',
    'pending',
  ]);
});

test('whatever is no task of the analysis itself is done by agents', () => {
  expect(mayTakeLong('asking agents: architecture 3 min')).toBe(true);
  expect(mayTakeLong('report')).toBe(false);
  const step = planAt('asking agents: architecture 3 min').find(
    ({ status }) => status === 'inProgress',
  );
  expect(step?.content).toBe('Ask coding agents, where there are any');
});

test('an analysis that waits for its turn has begun nothing, and may wait for long', () => {
  expect(planAt(waitingForTurn)).toEqual(planAhead());
  expect(mayTakeLong(waitingForTurn)).toBe(true);
});

function contents(plan: readonly { content: string }[]): string[] {
  return plan.map(({ content }) => content);
}

test('the steps are the same from the first to the last', () => {
  expect(contents(planAhead())).toEqual(contents(planAfter('completed')));
  expect(contents(planAhead())).toEqual(contents(planAt('report')));
});
