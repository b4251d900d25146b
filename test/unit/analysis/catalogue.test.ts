import { expect, test } from 'vitest';
import { ruleById, rules } from '../../../lib/analysis/rules/catalogue.ts';

test('every rule stands in one part of the catalogue only', () => {
  const repeated = [...Map.groupBy(rules, ({ id }) => id).values()].filter(
    (same) => same.length > 1,
  );
  expect(repeated.map(([rule]) => rule?.id)).toEqual([]);
});

test('every rule has a kebab-case name, a title and an advice that is a sentence', () => {
  for (const { advice, id, title } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[A-Z`]/);
    expect(advice).toMatch(/^[A-Z`].*\.$/s);
  }
});

test('a rule that is not in the catalogue is a fault of ours', () => {
  expect(() => ruleById('no-such-rule')).toThrow('no-such-rule');
});
