import type { Confidence, Severity } from '../../domain/finding.ts';

interface OxlintRule {
  /** The rule of ours that it reports under. */
  rule: string;
  severity?: Severity;
  confidence?: Confidence;
  /** Options as ESLint takes them. */
  options?: readonly unknown[];
}

const likelyBug: OxlintRule = { rule: 'likely-bug' };
const comparison: OxlintRule = { rule: 'comparison-error' };

/**
 * Which of oxlint's rules run, by their names there. What is not listed is off: style and typing are left
 * to the team's own linter, metrics and injections to `lib/analysis/syntax`.
 * @see https://oxc.rs/docs/guide/usage/linter/rules
 */
export const oxlintRules: Readonly<Record<string, OxlintRule>> = {
  'eslint/no-unused-vars': {
    // The kind of name decides: see `oxlint-hits.ts`.
    rule: 'unused-variable',
    options: [
      {
        args: 'after-used',
        argsIgnorePattern: '^_',
        varsIgnorePattern: '^_',
        destructuredArrayIgnorePattern: '^_',
        caughtErrors: 'none',
        ignoreRestSiblings: true,
      },
    ],
  },
  'eslint/no-unused-private-class-members': { rule: 'unused-variable' },
  'eslint/no-undef': { rule: 'undefined-name', confidence: 'medium' },
  'eslint/no-redeclare': {
    rule: 'redefined-name',
    severity: 'low',
    options: [{ builtinGlobals: false }],
  },
  'eslint/no-unreachable': { rule: 'unreachable-code' },
  'eslint/no-unused-expressions': {
    rule: 'useless-expression',
    options: [
      {
        allowShortCircuit: true,
        allowTernary: true,
        allowTaggedTemplates: true,
        enforceForJSX: false,
      },
    ],
  },
  'eslint/no-self-assign': { rule: 'useless-expression' },

  'eslint/default-param-last': { rule: 'contradictory-default' },
  'unicorn/no-array-fill-with-reference-type': { rule: 'shared-mutable-value' },

  'eslint/no-useless-catch': { rule: 'useless-catch' },
  'eslint/preserve-caught-error': { rule: 'lost-error-cause', severity: 'low' },
  'eslint/no-unsafe-finally': { rule: 'return-in-finally' },
  'promise/no-return-in-finally': { rule: 'return-in-finally', severity: 'low' },
  'eslint/no-throw-literal': { rule: 'throw-literal' },
  'oxc/missing-throw': { rule: 'missing-raise' },
  'eslint/no-async-promise-executor': { rule: 'async-executor' },

  'eslint/use-isnan': comparison,
  'eslint/valid-typeof': comparison,
  'eslint/no-self-compare': comparison,
  'eslint/no-compare-neg-zero': comparison,
  'eslint/no-constant-binary-expression': { ...comparison, confidence: 'medium' },
  'eslint/no-unsafe-negation': comparison,
  'unicorn/no-negation-in-equality-check': comparison,
  'oxc/bad-char-at-comparison': comparison,
  'oxc/bad-comparison-sequence': comparison,
  'oxc/bad-object-literal-comparison': comparison,
  'oxc/const-comparisons': comparison,

  'eslint/no-dupe-keys': { rule: 'duplicate-key' },
  'eslint/no-dupe-class-members': { rule: 'duplicate-key' },
  'typescript/no-duplicate-enum-values': { ...likelyBug, severity: 'info', confidence: 'medium' },
  'eslint/no-dupe-else-if': { rule: 'duplicate-condition' },
  'eslint/no-duplicate-case': { rule: 'duplicate-condition' },
  'eslint/no-loop-func': {
    rule: 'loop-variable-capture',
    severity: 'info',
    confidence: 'low',
  },
  'eslint/no-debugger': { rule: 'left-over-debugger' },
  'eslint/no-eval': { rule: 'eval-use' },
  'eslint/no-implied-eval': { rule: 'eval-use' },
  'eslint/no-new-func': { rule: 'eval-use' },

  'eslint/no-await-in-loop': { rule: 'await-in-loop' },

  'eslint/array-callback-return': { ...likelyBug, severity: 'low', confidence: 'medium' },
  'eslint/constructor-super': likelyBug,
  'eslint/for-direction': likelyBug,
  'eslint/getter-return': likelyBug,
  'eslint/no-class-assign': likelyBug,
  'eslint/no-cond-assign': { ...likelyBug, severity: 'medium' },
  'eslint/no-const-assign': likelyBug,
  'eslint/no-empty-character-class': likelyBug,
  'eslint/no-empty-pattern': { ...likelyBug, severity: 'low' },
  'eslint/no-ex-assign': { ...likelyBug, severity: 'medium' },
  'eslint/no-fallthrough': { ...likelyBug, severity: 'medium', confidence: 'medium' },
  'eslint/no-func-assign': { ...likelyBug, severity: 'medium' },
  'eslint/no-global-assign': likelyBug,
  'eslint/no-import-assign': likelyBug,
  'eslint/no-invalid-regexp': likelyBug,
  'eslint/no-loss-of-precision': { ...likelyBug, severity: 'medium' },
  'eslint/no-new-native-nonconstructor': likelyBug,
  'eslint/no-obj-calls': likelyBug,
  'eslint/no-setter-return': likelyBug,
  'eslint/no-shadow-restricted-names': { ...likelyBug, severity: 'low' },
  'eslint/no-sparse-arrays': { ...likelyBug, severity: 'low' },
  'eslint/no-template-curly-in-string': { ...likelyBug, severity: 'medium', confidence: 'medium' },
  'eslint/no-this-before-super': likelyBug,
  'eslint/no-unassigned-vars': { ...likelyBug, severity: 'medium' },
  'eslint/no-unsafe-optional-chaining': { ...likelyBug, severity: 'medium' },
  'eslint/no-useless-backreference': likelyBug,
  'oxc/bad-array-method-on-arguments': likelyBug,
  'oxc/bad-bitwise-operator': likelyBug,
  'oxc/bad-min-max-func': likelyBug,
  'oxc/bad-replace-all-arg': likelyBug,
  'oxc/number-arg-out-of-range': likelyBug,
  'typescript/no-unsafe-declaration-merging': { ...likelyBug, severity: 'medium' },
  'unicorn/no-await-in-promise-methods': { ...likelyBug, severity: 'medium' },
  'unicorn/no-invalid-fetch-options': likelyBug,
  'unicorn/no-invalid-remove-event-listener': likelyBug,
};

/** oxlint names a rule `eslint(no-eval)` in its output and `eslint/no-eval` in its settings. */
export function oxlintRuleOf(code: string): OxlintRule | undefined {
  return oxlintRules[code.replace(/^([\w-]+)\((.+)\)$/, '$1/$2')];
}

const testGlobals = ['jest', 'mocha', 'jasmine', 'protractor', 'qunit', 'vitest'];
const hostGlobals = ['builtin', 'browser', 'node', 'worker', 'serviceworker', 'webextensions'];

/** Of runtimes and module loaders that oxlint does not know. */
const runtimeGlobals = [
  'Deno',
  'Bun',
  'awslambda',
  'WebSocketPair',
  'HTMLRewriter',
  'EdgeRuntime',
  'define',
  'UrlFetchApp',
];

/** The settings file that oxlint runs with, instead of any that the analysed code brings. */
export const oxlintSettings = {
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'off' },
  env: Object.fromEntries([...hostGlobals, ...testGlobals].map((name) => [name, true])),
  globals: Object.fromEntries(runtimeGlobals.map((name) => [name, 'readonly'])),
  rules: Object.fromEntries(
    Object.entries(oxlintRules).map(([name, { options = [] }]) => [name, ['error', ...options]]),
  ),
  // TypeScript's own compiler knows undefined and redeclared names, and overloads that only look like them.
  overrides: [
    {
      files: ['**/*.{ts,tsx,mts,cts}'],
      rules: { 'eslint/no-undef': 'off', 'eslint/no-redeclare': 'off' },
    },
  ],
} as const;
