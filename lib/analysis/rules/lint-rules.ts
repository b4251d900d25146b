import type { Rule } from '../rule.ts';
import { bugRules } from './lint-bug-rules.ts';
import { securityRules } from './lint-security-rules.ts';
import { tidinessRules } from './lint-tidiness-rules.ts';

const integration: Rule[] = [
  {
    id: 'request-without-timeout',
    category: 'integration',
    topic: 'http-api',
    severity: 'medium',
    confidence: 'high',
    title: 'Request without a time limit',
    advice: 'Pass a timeout: without one a silent server blocks the caller for ever.',
  },
  {
    id: 'unchecked-subprocess',
    category: 'integration',
    topic: 'subprocess',
    severity: 'low',
    confidence: 'medium',
    title: 'Exit code not looked at',
    advice: 'Pass `check=True`, or look at the return code.',
  },
];

/** What the made linters report: Ruff, oxlint, secretlint, and the search for duplicates. */
export const lintRules: readonly Rule[] = [
  ...bugRules,
  ...securityRules,
  ...tidinessRules,
  ...integration,
];
