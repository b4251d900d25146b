import type { IntegrationPoint } from '../../domain/report.ts';
import type { ManifestFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import { resolveImports } from '../modules/resolve-imports.ts';
import type { Hit } from '../rule.ts';
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
  const points = [
    ...joinCalls(calls),
    ...component.flatMap(environmentPoints),
    ...libraries.map(toLibraryPoint),
  ];
  return {
    points,
    hits: [
      ...points.map(toHit),
      ...checkOutsideCalls(calls, component),
      ...component.flatMap(checkEnvironment),
      ...checkLibraries(libraries),
    ],
  };
}

/** Calls of one file that reach the same thing in the same way become one point, the worst case told. */
function joinCalls(calls: readonly OutsideCall[]): IntegrationPoint[] {
  const points = new Map<string, IntegrationPoint>();
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

const ruleOf: Record<Exclude<IntegrationPoint['kind'], 'configuration'>, string> = {
  'http-api': 'http-api-call',
  database: 'database-access',
  'file-system': 'file-access',
  network: 'network-access',
  subprocess: 'subprocess-call',
  library: 'library-use',
};

/** Every point is a finding too, so that lists, filters and comparisons know it. */
function toHit({ kind, name, detail, path, line, alsoAt }: IntegrationPoint): Hit {
  const isVariable = kind === 'configuration' && /^[\w*]+$/.test(name);
  const rule =
    kind === 'configuration'
      ? isVariable
        ? 'environment-variable'
        : 'configuration-file'
      : ruleOf[kind];
  const target = detail === null ? '' : ` (${detail})`;
  const more = alsoAt.length > 0 ? `, and in ${alsoAt.length} more places` : '';
  return {
    rule,
    path,
    line,
    message: `${verbs[kind]} \`${name}\`${target}${more}.`,
    symbol: name,
  };
}

const verbs: Record<IntegrationPoint['kind'], string> = {
  'http-api': 'Calls an HTTP API by',
  database: 'Works with a database by',
  'file-system': 'Works with files by',
  network: 'Uses the network by',
  subprocess: 'Starts a program by',
  library: 'Uses the library',
  configuration: 'Reads the setting',
};
