import { expect, test } from 'vitest';
import { attemptOf, causeOf, type Asking } from '../../../../../lib/flows/agents/asking/asking.ts';
import { askedComponent, buildChosenAgent } from '../../../../builders/asking.ts';

const asking: Asking = {
  component: askedComponent,
  analysis: 'architecture',
  cause: 'cause-1',
  agent: buildChosenAgent(),
  stages: new Map(),
};

test('an attempt has the same id whenever it is made, and another one in all else', () => {
  const first = { number: 1, isKnown: false, before: null, stack: 'test' };
  const idOf = (changed: Partial<Asking>, attempt = first) =>
    attemptOf({ ...asking, ...changed }, attempt).id;
  expect(idOf({})).toBe(idOf({}));
  const ids = [
    idOf({}),
    idOf({}, { ...first, number: 2 }),
    idOf({}, { ...first, stack: 'production' }),
    idOf({ analysis: 'integration' }),
    idOf({ agent: buildChosenAgent({ rootRunId: 'run-2' }) }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('whoever asks once more in the same issue is the same cause', () => {
  const again = { ...asking, agent: buildChosenAgent({ rootRunId: 'run-2' }) };
  expect(causeOf(again, 'architecture')).toBe(causeOf(asking, 'architecture'));
  expect(causeOf(again, 'integration')).not.toBe(causeOf(asking, 'architecture'));
});

test('a person at a terminal is a new cause each time', () => {
  const { origin: _none, ...input } = askedComponent.input;
  const component = { ...askedComponent, input };
  const causes = ['run-1', 'run-2'].map((rootRunId) =>
    causeOf({ component, agent: buildChosenAgent({ rootRunId }) }, 'architecture'),
  );
  expect(new Set(causes).size).toBe(2);
});
