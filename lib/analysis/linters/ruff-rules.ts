import type { Confidence, Severity } from '../../domain/finding.ts';

/**
 * Which of Ruff's rules run, grouped by the rule of ours that they report under. What is not listed is off:
 * style, typing and modernisation are left to the team's own linter, metrics to `lib/analysis/syntax`.
 * @see https://docs.astral.sh/ruff/rules/
 */
const codesByRule = {
  'unused-import': 'F401',
  'star-import': 'F403',
  'unused-variable': 'F841 F842',
  'unused-parameter': 'ARG001 ARG002 ARG003 ARG004',
  'redefined-name': 'F402 F811 PLR1704 B020',
  'undefined-name': 'F821 F822 F823',
  'useless-expression': 'B015 B018 PLW0127',

  'mutable-default': 'B006 B039 RUF008',
  'evaluated-default': 'B008',
  'contradictory-default': 'RUF013',
  'shared-mutable-value': 'RUF024',

  'bare-except': 'E722',
  'broad-except': 'BLE001',
  'swallowed-error': 'S110 S112',
  'lost-error-cause': 'B904',
  'useless-catch': 'TRY203',
  'duplicate-except': 'B014 B025',
  'broken-except': 'B029 B030 PLW0711',
  'return-in-finally': 'B012',
  'missing-raise': 'PLW0133',
  'invalid-raise': 'B016 F901 PLE0704',
  'unclosed-file': 'SIM115',
  'unchecked-subprocess': 'PLW1510',

  'comparison-error': 'F632 F634 PLR0124 PLR0133 SIM220 SIM221 SIM222 SIM223',
  'assertion-without-effect': 'F631 PLW0129 RUF030 RUF040',
  'duplicate-key': 'F601 F602 B033 B035',
  'format-mismatch': `
    F501 F502 F503 F504 F505 F506 F507 F508 F509 F521 F522 F523 F524 F525 F633 PLE1205
    PLE1206 PLE1300 PLE1307`,
  'loop-variable-capture': 'B023',
  'left-over-debugger': 'T100',
  'naive-datetime': 'DTZ003 DTZ004',
  'floating-task': 'RUF006',
  'likely-bug': `
    B002 B003 B005 B022 B031 B032 B034 F622 F701 F702 F704 F706 F707 PLE0100 PLE0101 PLE0115
    PLE0116 PLE0117 PLE0118 PLE0237 PLE0241 PLE0302 PLE0303 PLE0305 PLE0307 PLE0308 PLE0309
    PLE0604 PLE0643 PLE1132 PLE1507 PLE1519 PLE1520 PLE1700 PLE2502 PLW0128 PLW0131 PLW0245
    PLW1501 PLW1507 PLW2101 RUF016 RUF026 RUF033 ASYNC100 ASYNC105 LOG014 YTT101 YTT102
    YTT103 YTT301 YTT302 YTT303`,

  'eval-use': 'S102 S307',
  'sql-injection': 'S608 S610 S611',
  'command-injection': 'S602 S604 S605 S609',
  'html-injection': 'S701 S702 S704',
  'unsafe-deserialisation': 'S301 S302 S506',
  'unsafe-archive-extraction': 'S202',
  'weak-hash': 'S303 S324',
  'weak-cipher': 'S304 S305 S505',
  'insecure-random': 'S311',
  'disabled-tls-check': 'S323 S501',
  'weak-tls-version': 'S502 S503 S504',
  'disabled-host-key-check': 'S507',
  'cleartext-protocol': 'S312 S321',
  'insecure-temp-file': 'S108 S306',
  'permissive-file-mode': 'S103',
  'open-network-binding': 'S104',
  'debug-enabled': 'S201',
  'request-without-timeout': 'S113',

  'sync-call-in-async': 'ASYNC210 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC251',
  'busy-wait': 'ASYNC110',
  'inefficient-loop': 'PERF101 PERF102 C414 C419 RUF015 RUF017',
  'cached-method': 'B019',
};

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

const ruleByCode = new Map(
  Object.entries(codesByRule).flatMap(([rule, codes]) => words(codes).map((code) => [code, rule])),
);

export const ruffCodes: readonly string[] = [...ruleByCode.keys()];

/** The rule of ours that a code of Ruff's reports under; undefined for codes that are off. */
export function ruleOfRuffCode(code: string): string | undefined {
  return ruleByCode.get(code);
}

/** Codes that weigh differently from the rule that they share with others. */
const weights: Record<string, { severity?: Severity; confidence?: Confidence }> = {
  // Own caches are read by pickle too; yaml.load without a safe loader has no such excuse.
  S301: { severity: 'medium', confidence: 'medium' },
  S302: { severity: 'medium', confidence: 'medium' },
  // Hash tables, caches and names of files are made so; for what is secret the line tells.
  S324: { severity: 'low', confidence: 'low' },
  // Whoever marks text as safe knows of escaping, and mostly did it before.
  S704: { severity: 'low', confidence: 'low' },
  B019: { severity: 'low' },
  S306: { severity: 'medium', confidence: 'high' },
  B033: { severity: 'low' },
  PLW0127: { severity: 'low' },
  // Python 3 keeps the context by itself; only the wording of the traceback suffers.
  B904: { severity: 'info' },
  F504: { severity: 'medium' },
  F522: { severity: 'medium' },
  F523: { severity: 'medium' },
  // A helper may raise again what its caller has just caught.
  PLE0704: { severity: 'medium', confidence: 'medium' },
  ASYNC230: { severity: 'low' },
  // A parameter that is used up is given the next value: a matter of taste.
  PLR1704: { severity: 'info' },
  B020: { severity: 'low' },
  RUF015: { severity: 'info' },
  LOG014: { severity: 'low' },
};

export function weightOfRuffCode(code: string): { severity?: Severity; confidence?: Confidence } {
  return weights[code] ?? {};
}

/** Codes whose message quotes the name they are about before anything else. */
export const codesThatNameASymbol: ReadonlySet<string> = new Set(
  words(`
    F401 F402 F811 F821 F822 F823 F841 F842 ARG001 ARG002 ARG003 ARG004
    B020 B023 PLR1704 PLW0127`),
);
