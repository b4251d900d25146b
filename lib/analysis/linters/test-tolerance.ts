/**
 * Rules that say nothing useful about tests: a test may name a dummy password, call a shell, swallow what
 * it provokes and take fixtures that it never touches. Bugs and unused code stay interesting there.
 */
const rulesOffInTests = `
  unused-parameter star-import useless-expression comparison-error
  broad-except bare-except swallowed-error lost-error-cause useless-catch throw-literal
  unclosed-file unchecked-subprocess naive-datetime loop-variable-capture
  eval-use sql-injection command-injection html-injection unsafe-deserialisation
  unsafe-archive-extraction weak-hash weak-cipher insecure-random disabled-tls-check
  weak-tls-version disabled-host-key-check cleartext-protocol insecure-temp-file
  permissive-file-mode open-network-binding debug-enabled request-without-timeout
  sync-call-in-async busy-wait await-in-loop inefficient-loop cached-method`;

const tolerated: ReadonlySet<string> = new Set(rulesOffInTests.trim().split(/\s+/));

export function isToleratedInTests(rule: string): boolean {
  return tolerated.has(rule);
}

/** Rules of oxlint whose slip a test shows by failing, or makes on purpose. */
const codesOffInTests: ReadonlySet<string> = new Set([
  'eslint(getter-return)',
  'eslint(no-unsafe-optional-chaining)',
  'eslint(no-unassigned-vars)',
]);

export function isHarmlessInTests(code: string): boolean {
  return codesOffInTests.has(code);
}

/** Left-overs in tests mislead nobody about the product. */
export function weightInTests(rule: string): { severity?: 'info' } {
  return rule.startsWith('unused-') ? { severity: 'info' } : {};
}
