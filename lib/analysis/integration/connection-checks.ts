import type { SourceFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';
import { findOutsideCalls, type OutsideCall } from './outside-calls.ts';
import { writtenArguments } from './written-arguments.ts';

/** Calls that set a limit for connections made elsewhere in the file. */
const setsLimit = /(^socket\.setdefaulttimeout|\.setTimeout)$/;

/** Parameters that may hold options which the code does not show. */
const carriesOptions = /^(dsn|conninfo|ur[il]|connection_?string|service|options|config)$/i;

/**
 * Connections that are opened without a time limit, where all that is passed can be seen. Reads
 * the text beside the facts: these do not tell positional arguments and spreads.
 */
export function checkConnections(file: SourceFile, facts: FileFacts): Hit[] {
  if (isTestPath(file.path) || facts.calls.some(({ callee }) => setsLimit.test(callee))) return [];
  return findOutsideCalls(facts)
    .filter(({ connection, timeout }) => connection !== undefined && timeout !== true)
    .filter((call) => isSeenUnlimited(call, file))
    .map(({ kind, name, call }) => ({
      rule: kind === 'database' ? 'database-without-timeout' : 'connection-without-timeout',
      path: file.path,
      line: call.line,
      message: `\`${name}\` sets no time limit for a server that does not answer.`,
      symbol: call.enclosing ?? name,
    }));
}

function isSeenUnlimited({ call, connection }: OutsideCall, file: SourceFile): boolean {
  const written = writtenArguments(file.text, call);
  if (written === undefined || written.length === 0) return false;
  const isPython = file.language === 'python';
  const positional = isPython ? written.filter((one) => !/^\w+\s*=(?!=)/.test(one)) : written;
  if (written.some((one) => /^(\*|\.\.\.)/.test(one))) return false;
  if (call.options.some((option) => carriesOptions.test(option))) return false;
  return connection?.limitAt === undefined
    ? positional.every((one) => isPlainlyUnlimited(one))
    : positional.length <= connection.limitAt;
}

/** An address or an object that is written out, with no time limit and no spread in it. */
function isPlainlyUnlimited(argument: string): boolean {
  return /^(["'\d]|\{)/.test(argument) && !/\.\.\.|timeout/i.test(argument);
}
