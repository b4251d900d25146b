import type { Rule } from '../rule.ts';
import { architectureRules } from './architecture-rules.ts';
import { integrationRules } from './integration-rules.ts';
import { lintRules } from './lint-rules.ts';
import { symbolRules } from './symbol-rules.ts';
import { syntaxRules } from './syntax-rules.ts';

/** Every rule that a report can name. */
export const rules: readonly Rule[] = [
  ...lintRules,
  ...syntaxRules,
  ...symbolRules,
  ...architectureRules,
  ...integrationRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** @throws Error for a rule that is not in the catalogue: a fault of ours */
export function ruleById(id: string): Rule {
  const rule = byId.get(id);
  if (rule === undefined) throw new Error(`The rule ${id} is not in the catalogue`);
  return rule;
}
