import type { IntegrationPoint } from '../../domain/report.ts';
import type { ManifestFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import { resolveImports } from '../modules/resolve-imports.ts';
import type { Hit } from '../rule.ts';
import type { CallKind } from './catalogue/entry.ts';
import { checkOutsideCalls } from './call-checks.ts';
import { checkEnvironment, environmentPoints } from './environment.ts';
import { checkLibraries, findLibraries, toLibraryPoint } from './libraries.ts';
import { findOutsideCalls, type OutsideCall } from './outside-calls.ts';

/** Where the component touches the world outside its process, and what is doubtful about it. */
export function findIntegrationPoints(source: {
  /** Of the whole source; only files of the component are looked into. */
  facts: readonly FileFacts[];
  manifests: readonly ManifestFile[];
}): { points: IntegrationPoint[]; hits: Hit[] } {
  const component = source.facts.filter(({ inComponent }) => inComponent);
  const calls = component.flatMap(findOutsideCalls);
  const { outside } = resolveImports(source.facts, source.manifests);
  const libraries = findLibraries(outside, component, source.manifests);
  const callPoints = joinCalls(calls);
  const variables = component.flatMap(environmentPoints);
  const libraryPoints = libraries.map(toLibraryPoint);
  return {
    points: [...callPoints, ...variables, ...libraryPoints],
    hits: [
      ...callPoints.map((point) => toHit(point, callRules[point.kind])),
      ...variables.map((point) => toHit(point, 'environment-variable')),
      ...libraryPoints.map((point) => toHit(point, 'library-use')),
      ...checkOutsideCalls(calls, component),
      ...component.flatMap(checkEnvironment),
      ...checkLibraries(libraries, source.manifests),
    ],
  };
}

type CallPoint = IntegrationPoint & { kind: CallKind };

/**
 * Calls of one file that reach the same thing in the same way become one point, the worst case
 * told.
 */
function joinCalls(calls: readonly OutsideCall[]): CallPoint[] {
  const points = new Map<string, CallPoint>();
  for (const { kind, name, detail, path, call, errorHandling, timeout } of calls) {
    const key = [path, kind, name, detail].join('\n');
    const known = points.get(key);
    if (known) {
      known.alsoAt.push(`${path}:${call.line}`);
      known.errorHandling = worse(known.errorHandling, errorHandling);
      if (timeout === false) known.timeout = false;
    } else {
      const place = { path, line: call.line, alsoAt: [] };
      points.set(key, { kind, name, detail, ...place, errorHandling, timeout });
    }
  }
  return [...points.values()];
}

type ErrorHandling = IntegrationPoint['errorHandling'];

const worstFirst: ErrorHandling[] = ['none', 'swallowed', 'handled', null];

function worse(a: ErrorHandling, b: ErrorHandling): ErrorHandling {
  return worstFirst.indexOf(a) < worstFirst.indexOf(b) ? a : b;
}

const callRules: Record<CallKind, string> = {
  'http-api': 'http-api-call',
  database: 'database-access',
  'file-system': 'file-access',
  network: 'network-access',
  subprocess: 'subprocess-call',
  configuration: 'configuration-file',
};

const verbs: Record<IntegrationPoint['kind'], string> = {
  'http-api': 'Calls an HTTP API by',
  database: 'Works with a database by',
  'file-system': 'Works with files by',
  network: 'Uses the network by',
  subprocess: 'Starts a program by',
  library: 'Uses the library',
  configuration: 'Reads the setting',
};

/** Every point is a finding too, so that lists, filters and comparisons know it. */
function toHit({ kind, name, detail, path, line, alsoAt }: IntegrationPoint, rule: string): Hit {
  const target = detail === null ? '' : ` (${detail})`;
  const places = alsoAt.length === 1 ? 'place' : 'places';
  const more = alsoAt.length > 0 ? `, and in ${alsoAt.length} more ${places}` : '';
  const message = `${verbs[kind]} \`${name}\`${target}${more}.`;
  return { rule, path, line, message, symbol: name };
}
