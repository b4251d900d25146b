import { describe, expect, it } from 'vitest';
import { oxlintRules } from '../../../../lib/analysis/linters/oxlint-rules.ts';
import { ruffCodes, ruleOfRuffCode } from '../../../../lib/analysis/linters/ruff-rules.ts';
import { isToleratedInTests } from '../../../../lib/analysis/linters/test-tolerance.ts';
import { lintRules } from '../../../../lib/analysis/rules/lint-rules.ts';

const ids = lintRules.map(({ id }) => id);
/** Rules that no table of a linter names. */
const others = [
  'unused-import',
  'unused-parameter',
  'unused-type',
  'duplicate-code',
  'hard-coded-secret',
];
const reported = [
  ...ruffCodes.map((code) => ruleOfRuffCode(code) ?? ''),
  ...Object.values(oxlintRules).map(({ rule }) => rule),
  ...others,
];

describe('lintRules', () => {
  it('describe every rule that a linter reports under, once, and no other', () => {
    expect(new Set(ids)).toEqual(new Set(reported));
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('read as a title and a sentence', () => {
    for (const { id, title, advice } of lintRules) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('keep bugs and unused code in tests, and drop shortcuts', () => {
    expect(isToleratedInTests('weak-hash')).toBe(true);
    expect(isToleratedInTests('undefined-name')).toBe(false);
    expect(isToleratedInTests('unused-import')).toBe(false);
  });
});
