import { z } from 'zod';
import type { SourceFile } from '../../domain/source.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';
import { isNoise, isPurposefullyUnused, type OxlintCase } from './oxlint-precision.ts';
import { oxlintRuleOf } from './oxlint-rules.ts';
import { ownSignature } from './script-context.ts';
import { isHarmlessInTests, isToleratedInTests, weightInTests } from './test-tolerance.ts';

/** The part of `oxlint --format json` that is used here. */
export const oxlintOutputSchema = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      /** `eslint(no-eval)`; absent for what keeps the file from being parsed. */
      code: z.string().optional(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.int() }) })),
    }),
  ),
});
export type OxlintDiagnostic = z.infer<typeof oxlintOutputSchema>['diagnostics'][number];

/** Hits of one file. A file that does not parse has one: what stopped the parser. */
export function toHits(diagnostics: readonly OxlintDiagnostic[], file: SourceFile): Hit[] {
  const stopper = diagnostics.find(({ code }) => code === undefined);
  if (stopper !== undefined) {
    const line = stopper.labels[0]?.span.line ?? 1;
    return [{ rule: 'syntax-error', path: file.path, line, message: asSentence(stopper.message) }];
  }
  // Declarations are written for a compiler, which says more of them than a linter can.
  if (diagnostics.length === 0 || isDeclarationFile(file.path)) return [];
  const lines = file.text.split(/\r?\n/);
  const inTest = isTestPath(file.path);
  return diagnostics.flatMap((diagnostic) => {
    const hit = toHit(diagnostic, file, lines);
    if (hit === undefined || (inTest && isToleratedInTests(hit.rule))) return [];
    return inTest ? [Object.assign(hit, weightInTests(hit.rule))] : [hit];
  });
}

function toHit(
  diagnostic: OxlintDiagnostic,
  file: SourceFile,
  lines: readonly string[],
): Hit | undefined {
  const code = diagnostic.code ?? '';
  const known = oxlintRuleOf(code);
  // Of two places that are alike, the second is the one too many.
  const row = diagnostic.labels.at(/dupe|duplicate/.test(code) ? -1 : 0)?.span.line;
  if (known === undefined || row === undefined) return undefined;

  const symbol = namesASymbol.test(code)
    ? /['"](.+?)['"]/.exec(diagnostic.message)?.[1]
    : undefined;
  const found = { path: file.path, text: file.text, lines, row, symbol };
  if (isTestPath(file.path) && isHarmlessInTests(code)) return undefined;
  const isUnusedName = code === 'eslint(no-unused-vars)';
  const rule = isUnusedName ? unusedRule(diagnostic.message) : known.rule;
  if (isUnusedName ? isPurposefullyUnused(rule, found) : isNoise(code, found)) return undefined;
  return {
    rule,
    path: file.path,
    line: row,
    message: sentenceOf(rule, diagnostic.message, found),
    ...(symbol === undefined ? {} : { symbol }),
    tool: `oxlint ${code.replace(/^\w+\((.+)\)$/, '$1')}`,
    ...(known.severity === undefined ? {} : { severity: known.severity }),
    ...(known.confidence === undefined ? {} : { confidence: known.confidence }),
  };
}

const namesASymbol = /no-unused|no-undef|no-redeclare|no-dupe|no-unassigned-vars|no-.*-assign/;

/** oxlint reports every kind of unused name by one rule, and says the kind first. */
function unusedRule(message: string): string {
  if (message.includes('is imported but never used')) return 'unused-import';
  if (message.startsWith('Parameter ')) return 'unused-parameter';
  if (message.startsWith('Function ')) return 'unused-function';
  if (message.startsWith('Class ')) return 'unused-class';
  if (/^(Type|Interface|Enum|Namespace)/.test(message)) return 'unused-type';
  return 'unused-variable';
}

/** Our wording where oxlint's is an order, or leaves out why it matters. `{}` stands for the symbol. */
const sentences: Record<string, string> = {
  'unused-import': '`{}` is imported and never used.',
  'unused-variable': '`{}` is assigned and never used.',
  'unused-function': 'The function `{}` is never used.',
  'unused-class': 'The class `{}` is never used.',
  'unused-type': 'The type `{}` is never used.',
  'undefined-name': '`{}` is not defined anywhere.',
  'duplicate-key': 'The key `{}` stands here twice: the first value is lost.',
  'duplicate-condition': 'The same condition was tested before: this branch is never taken.',
  'await-in-loop':
    'Each turn of the loop waits for the one before; independent calls could run together.',
  'eval-use': 'Text is run as code here.',
  'lost-error-cause': 'The new error drops the one that was caught (`{ cause: error }` keeps it).',
  'async-executor': 'An error thrown in an async executor is lost, and the promise never settles.',
  'throw-literal': 'What is thrown here is no Error: it carries no stack.',
  'contradictory-default': 'A parameter with a default stands before one that must be given.',
  'unreachable-code': 'This code is never reached.',
  'left-over-debugger': 'A `debugger` statement was left behind.',
};

function sentenceOf(rule: string, original: string, { symbol, lines, row }: OxlintCase): string {
  if (rule === 'unused-parameter') {
    const owner = ownSignature(lines, row) ?? 'The function';
    return `\`${owner}\` takes \`${symbol ?? ''}\` and never uses it.`;
  }
  return sentences[rule]?.replace('{}', symbol ?? '') ?? asSentence(original);
}

function asSentence(message: string): string {
  const text = message.trim().replaceAll(/'([\w$.]+)'/g, '`$1`');
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
