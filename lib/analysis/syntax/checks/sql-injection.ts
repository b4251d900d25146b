import type { FileSyntax } from '../file-syntax.ts';
import { isBuiltText, valueBehind } from '../local-values.ts';
import { methodOf, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, hitIn } from './check.ts';
import { injectedParts } from './injected-parts.ts';

const running = new RegExp(
  String.raw`^(?:${alternatives(`
    query execute exec raw run all get each prepare whereRaw orderByRaw`)}|\$\w+RawUnsafe)$`,
);
const sql = new RegExp(
  String.raw`^[\s"'\`(]*(?:${[
    String.raw`select\b[\s\S]*\bfrom\b`,
    String.raw`(?:insert|replace)\s+into\b`,
    String.raw`update\b[\s\S]*\bset\b`,
    String.raw`(?:delete\s+from|alter\s+table|truncate|where)\b`,
    String.raw`drop\s+(?:table|database)\b`,
    String.raw`with\s+\w+\s+as\b`,
  ].join('|')})`,
  'i',
);
/** Names of tables and columns, conditions and lists of placeholders cannot be parameters. */
const structural = new RegExp(
  String.raw`(?:${alternatives(`
    table column col schema field placeholder binding marker clause condition where predicate
    filter assignment direction order sort collation returning`)})` +
    String.raw`(?:Name|List|Sql)?s?(?:\.join\(.*\))?$|\.map\(`,
  'i',
);

/** SQL that TypeScript or JavaScript puts together from strings and runs. */
export function checkSqlInjection(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const [first] = call.arguments;
    if (first === undefined || call.isTagged || !running.test(methodOf(call.name))) return [];
    const text = valueBehind(syntax, first);
    if (!isBuiltText(text) || !sql.test(text.text)) return [];
    const injected = injectedParts(syntax, text).find((part) => !isStructural(syntax, part));
    if (injected === undefined) return [];
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'sql-injection',
        line: text.line,
        message: `\`${injected.text.slice(0, 60)}\` becomes part of the SQL that \`${call.name}\` runs.`,
      }),
    ];
  });
}

function isStructural(syntax: FileSyntax, part: SyntaxNode): boolean {
  return structural.test(part.text) || structural.test(valueBehind(syntax, part).text);
}
