import type { Severity } from '../../domain/finding.ts';
import type { FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { CallerGuards } from './caller-guards.ts';
import type { OutsideCall } from './outside-calls.ts';
import { isTestPath } from '../test-paths.ts';

/**
 * How much it matters that a failure is dealt with, by kind; kinds that are not here do not ask
 * for it.
 */
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

/** One hit for a file and kind, at its worst place: the remedy is one for all of them. */
function unhandled(calls: readonly OutsideCall[], guards: CallerGuards): Hit[] {
  const doubtful = calls
    .filter(({ kind }) => weight[kind] !== undefined)
    .filter(({ errorHandling }) => errorHandling !== null && errorHandling !== 'handled')
    .map((one) => ({ one, fate: guards.fateOf(one.call) }))
    .filter(({ fate }) => fate !== 'handled');
  const groups = Map.groupBy(doubtful, ({ one }) => `${one.path}\n${one.kind}`);
  return [...groups.values()].flatMap((group) => {
    // A function that nobody here calls may well be guarded by callers that we do not see.
    const certain = group.find(({ fate }) => fate === 'unhandled');
    const first = certain ?? group[0];
    if (!first) return [];
    const { kind, name, path, call } = first.one;
    const message =
      `\`${name}\` stands without error handling, here and in the callers that are known: ` +
      `nothing says what happens when ${phrases[kind]}.${alsoIn(group.length - 1)}`;
    const severity = weight[kind] ?? 'info';
    return [
      {
        rule: 'unhandled-integration-error',
        path,
        line: call.line,
        message,
        symbol: call.enclosing ?? name,
        severity: certain ? severity : 'info',
        confidence: certain ? 'medium' : 'low',
      },
    ];
  });
}

function alsoIn(others: number): string {
  if (others === 0) return '';
  return ` The same holds for ${others} more ${others === 1 ? 'call' : 'calls'} in this file.`;
}

function withoutTimeout(calls: readonly OutsideCall[], facts: readonly FileFacts[]): Hit[] {
  const python = new Set(
    facts.filter(({ language }) => language === 'python').map(({ path }) => path),
  );
  // Whoever sits before a page goes elsewhere when a server is silent.
  const pages = new Set(
    facts
      .filter(({ identifiers }) => Object.hasOwn(identifiers, 'document'))
      .map(({ path }) => path),
  );
  const unlimited = calls.filter(({ timeout }) => timeout === false);
  // Python's requests without a limit are reported by the linter.
  const requests = unlimited
    .filter(({ kind, path }) => kind === 'http-api' && !python.has(path))
    .filter(({ path }) => !pages.has(path));
  const programs = Map.groupBy(
    unlimited.filter(({ kind }) => kind === 'subprocess'),
    ({ path }) => path,
  );
  return [
    ...requests.map(requestWithoutTimeout),
    ...[...programs.values()].flatMap(programsWithoutTimeout),
  ];
}

function requestWithoutTimeout({ name, detail, path, call }: OutsideCall): Hit {
  const target = detail === null ? '' : ` to \`${detail}\``;
  // Without literal options a variable may stand there that sets a limit.
  const isCertain = call.options.length > 0 && !call.options.includes('*');
  return {
    rule: 'http-without-timeout',
    path,
    line: call.line,
    message: `\`${name}\`${target} sets no time limit for a server that never answers.`,
    symbol: call.enclosing ?? name,
    severity: isCertain ? 'medium' : 'low',
    confidence: isCertain ? 'high' : 'medium',
  };
}

/** One hit for a file: in a script that is made of calls of programs, each would be noise. */
function programsWithoutTimeout([first, ...others]: readonly OutsideCall[]): Hit[] {
  if (!first) return [];
  const { name, path, call } = first;
  return [
    {
      rule: 'subprocess-without-timeout',
      path,
      line: call.line,
      message: `\`${name}\` waits for the program without a time limit.` + alsoIn(others.length),
      symbol: call.enclosing ?? name,
    },
  ];
}
