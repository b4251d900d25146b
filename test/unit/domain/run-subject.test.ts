import { expect, test } from 'vitest';
import { componentInSubject, subjectOf } from '../../../lib/domain/run-subject.ts';

test.each([
  [{ component: 'lib', repository: 'acme/shop' }, 'lib of acme/shop'],
  [{ component: 'lib' }, 'lib'],
  [{ kind: 'unknown-component', wanted: 'Look at it' }, 'no single component in “Look at it”'],
  [{ session: '5f0c9a1e-0000', activity: null }, 'agent session 5f0c9a1e'],
  [{}, ''],
  [[], ''],
  [null, ''],
])('the subject of %j is "%s"', (input, subject) => {
  expect(subjectOf(input)).toBe(subject);
});

test('the subject is one short line that a terminal can show', () => {
  const subject = subjectOf({
    kind: 'unknown-component',
    wanted: `\u001b[31m a\n b${'x'.repeat(99)}`,
  });
  expect(subject).toMatch(/^no single component in “\ufffd\[31m a bx+…$/);
  expect(subject).toHaveLength(80);
});

test('a subject that is a component tells both names', () => {
  const names = { component: 'ghost', repository: 'acme/apt' };
  expect(componentInSubject(subjectOf(names))).toEqual(names);
});

test.each(['lib', '', subjectOf({ kind: 'unknown-component', wanted: 'List of things' })])(
  'the subject "%s" tells no two names',
  (subject) => {
    expect(componentInSubject(subject)).toBeUndefined();
  },
);
