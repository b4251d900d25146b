import { expect, test } from 'vitest';
import { architectureRules } from '../../../lib/analysis/rules/architecture-rules.ts';
import { ruleById, rules } from '../../../lib/analysis/rules/catalogue.ts';
import { integrationRules } from '../../../lib/analysis/rules/integration-rules.ts';
import { lintRules } from '../../../lib/analysis/rules/lint-rules.ts';
import { symbolRules } from '../../../lib/analysis/rules/symbol-rules.ts';
import { syntaxRules } from '../../../lib/analysis/rules/syntax-rules.ts';

const parts = [
  ...lintRules,
  ...syntaxRules,
  ...symbolRules,
  ...architectureRules,
  ...integrationRules,
];

test('every rule stands in one part of the catalogue only', () => {
  const repeated = [...Map.groupBy(parts, ({ id }) => id).values()].filter(
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
