import { expect, test } from 'vitest';
import { attemptOf, causeOf, type Asking } from '../../../../../lib/flows/agents/asking/asking.ts';
import { askedComponent } from '../../../../builders/asking.ts';

const asking: Asking = {
  component: askedComponent,
  analysis: 'architecture',
  cause: 'cause-1',
  agent: { provider: 'codegen', latestStart: '', latestEnd: '' },
  stages: new Map(),
};

test('an attempt has the same id whenever it is made, and another one in all else', () => {
  const first = { number: 1, before: null, stack: 'test' };
  const idOf = (changed: Partial<Asking>, attempt = first) =>
    attemptOf({ ...asking, ...changed }, attempt).id;
  expect(idOf({})).toBe(idOf({}));
  const ids = [
    idOf({}),
    idOf({}, { ...first, number: 2 }),
    idOf({}, { ...first, stack: 'production' }),
    idOf({ analysis: 'integration' }),
    idOf({ component: { ...askedComponent, runId: 'run-2' } }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('whoever asks once more in the same issue is the same cause', () => {
  const again = { ...askedComponent, runId: 'run-2' };
  expect(causeOf(again, 'architecture')).toBe(causeOf(askedComponent, 'architecture'));
  expect(causeOf(again, 'integration')).not.toBe(causeOf(askedComponent, 'architecture'));
});

test('a person at a terminal is a new cause each time', () => {
  const { origin: _none, ...input } = askedComponent.input;
  const causes = ['run-1', 'run-2'].map((runId) => causeOf({ input, runId }, 'architecture'));
  expect(new Set(causes).size).toBe(2);
});
