import type { Language } from '../../../domain/source.ts';
import { configuration } from './configuration.ts';
import { databases } from './databases.ts';
import type { CallKind, CatalogueEntry, KindCatalogue } from './entry.ts';
import { fileSystem } from './file-system.ts';
import { httpApis } from './http-apis.ts';
import { network } from './network.ts';
import { subprocesses } from './subprocesses.ts';

const kinds: { kind: CallKind; catalogue: KindCatalogue }[] = [
  { kind: 'http-api', catalogue: httpApis },
  { kind: 'database', catalogue: databases },
  { kind: 'file-system', catalogue: fileSystem },
  { kind: 'network', catalogue: network },
  { kind: 'subprocess', catalogue: subprocesses },
  { kind: 'configuration', catalogue: configuration },
];

export interface KnownCall {
  kind: CallKind;
  entry: CatalogueEntry;
  /** The module or global that was matched: `requests`, `@aws-sdk/client-s3`. */
  module: string;
}

type Family = keyof KindCatalogue;

interface Candidate {
  kind: CallKind;
  entry: CatalogueEntry;
}

/** The entries of one language family by module, and those whose module is a pattern. */
interface Index {
  exact: Map<string, Candidate[]>;
  patterns: { start: string; candidate: Candidate }[];
}

const indexes: Record<Family, Index> = { python: indexOf('python'), script: indexOf('script') };

function indexOf(family: Family): Index {
  const index: Index = { exact: new Map(), patterns: [] };
  for (const { kind, catalogue } of kinds) {
    for (const entry of catalogue[family]) {
      for (const module of entry.modules) {
        const candidate = { kind, entry };
        if (module.endsWith('*')) index.patterns.push({ start: module.slice(0, -1), candidate });
        else index.exact.set(module, [...(index.exact.get(module) ?? []), candidate]);
      }
    }
  }
  return index;
}

/**
 * Finds what a call reaches.
 * @param name dotted, without `node:` and brackets: `requests.Session.get`,
 * `fs/promises.readFile`
 */
export function findKnownCall(name: string, language: Language): KnownCall | undefined {
  const { exact, patterns } = indexes[language === 'python' ? 'python' : 'script'];
  // The longest module first: `boto3.client.x` is another thing than `boto3.x`.
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const module = name.slice(0, end);
    const call = name.slice(Math.max(end, name.lastIndexOf('.')) + 1);
    const found = (exact.get(module) ?? []).find(({ entry }) => entry.calls.test(call));
    if (found) return { ...found, module };
  }
  const last = name.slice(name.lastIndexOf('.') + 1);
  const { start, candidate } =
    patterns.find((one) => name.startsWith(one.start) && one.candidate.entry.calls.test(last)) ??
    {};
  if (start === undefined || candidate === undefined) return undefined;
  return { ...candidate, module: name.slice(0, endOfSegment(name, start.length)) };
}

function endOfSegment(name: string, from: number): number {
  const dot = name.indexOf('.', from);
  return dot === -1 ? name.length : dot;
}
