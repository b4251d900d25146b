import type { Severity } from '../../domain/finding.ts';
import type { FileFacts } from '../facts.ts';
import { isTestPath } from '../modules/file-roles.ts';
import type { Hit } from '../rule.ts';
import { CallerGuards } from './caller-guards.ts';
import type { OutsideCall } from './outside-calls.ts';

/** How much it matters that a failure is dealt with, by kind; kinds that are not here do not ask for it. */
const weight: Partial<Record<OutsideCall['kind'], Severity>> = {
  'http-api': 'medium',
  database: 'medium',
  network: 'medium',
  subprocess: 'low',
  'file-system': 'info',
};

const phrases: Record<OutsideCall['kind'], string> = {
  'http-api': 'a request fails',
  database: 'the database fails',
  network: 'the network fails',
  subprocess: 'the program fails',
  'file-system': 'the file system fails',
  configuration: 'the configuration is missing',
};

/** Judges calls that leave the process: is a failure dealt with, is waiting limited. */
export function checkOutsideCalls(
  calls: readonly OutsideCall[],
  facts: readonly FileFacts[],
): Hit[] {
  const judged = calls.filter(({ path }) => !isTestPath(path));
  return [...unhandled(judged, new CallerGuards(facts)), ...withoutTimeout(judged, facts)];
}

/** One hit for a file and kind, at its first place: the remedy is one for all of them. */
function unhandled(calls: readonly OutsideCall[], guards: CallerGuards): Hit[] {
  const doubtful = calls
    .filter(({ kind }) => weight[kind] !== undefined)
    .map((one) => ({ one, fate: guards.fateOf(one.call) }))
    .filter(({ fate }) => fate !== 'handled');
  const groups = Object.groupBy(doubtful, ({ one }) => `${one.path}\n${one.kind}`);
  return Object.values(groups).flatMap((group = []) => {
    const [first] = group;
    if (!first) return [];
    const { kind, name, path, call } = first.one;
    const more = group.length > 1 ? ` So do ${group.length - 1} more calls of this file.` : '';
    // A function that nobody here calls may well be guarded by callers that we do not see.
    const isCertain = group.some(({ fate }) => fate === 'unhandled');
    const message =
      `\`${name}\` stands without error handling, here and in the callers that are known: ` +
      `nothing says what happens when ${phrases[kind]}.${more}`;
    const severity = weight[kind] ?? 'info';
    return [
      {
        rule: 'unhandled-integration-error',
        path,
        line: call.line,
        message,
        symbol: call.enclosing ?? name,
        severity: isCertain || severity === 'info' ? severity : 'low',
        confidence: isCertain ? 'medium' : 'low',
      },
    ];
  });
}

function withoutTimeout(calls: readonly OutsideCall[], facts: readonly FileFacts[]): Hit[] {
  const python = new Set(
    facts.filter(({ language }) => language === 'python').map(({ path }) => path),
  );
  return calls.flatMap(({ kind, name, detail, path, call, timeout }) => {
    const rule = kind === 'subprocess' ? 'subprocess-without-timeout' : 'http-without-timeout';
    // Python's requests without a limit are reported by the linter.
    const isJudged = kind === 'subprocess' || (kind === 'http-api' && !python.has(path));
    if (timeout !== false || !isJudged) return [];
    const target = detail === null ? '' : ` to \`${detail}\``;
    const message =
      kind === 'subprocess'
        ? `\`${name}\` waits for the program without a time limit.`
        : `\`${name}\`${target} has no time limit: a server that never answers holds it for ever.`;
    return [{ rule, path, line: call.line, message, symbol: call.enclosing ?? name }];
  });
}
