import { configuration } from './configuration.ts';
import { databases } from './databases.ts';
import type { CallKind, CatalogueEntry } from './entry.ts';
import { fileSystem } from './file-system.ts';
import { httpApis } from './http-apis.ts';
import { network } from './network.ts';
import { subprocesses } from './subprocesses.ts';

const catalogue: { kind: CallKind; entries: CatalogueEntry[] }[] = [
  { kind: 'http-api', entries: httpApis },
  { kind: 'database', entries: databases },
  { kind: 'file-system', entries: fileSystem },
  { kind: 'network', entries: network },
  { kind: 'subprocess', entries: subprocesses },
  { kind: 'configuration', entries: configuration },
];

export interface KnownCall {
  kind: CallKind;
  entry: CatalogueEntry;
  /** The module or global that was matched: `requests`, `@aws-sdk/client-s3`. */
  module: string;
}

interface Candidate {
  kind: CallKind;
  entry: CatalogueEntry;
}

const exact = new Map<string, Candidate[]>();
const patterns: { start: string; candidate: Candidate }[] = [];

for (const { kind, entries } of catalogue) {
  for (const entry of entries) {
    for (const module of entry.modules) {
      const candidate = { kind, entry };
      if (module.endsWith('*')) patterns.push({ start: module.slice(0, -1), candidate });
      else exact.set(module, [...(exact.get(module) ?? []), candidate]);
    }
  }
}

/**
 * Finds what a call reaches.
 * @param name dotted, without `node:` and brackets: `requests.Session.get`, `fs/promises.readFile`
 */
export function findKnownCall(name: string): KnownCall | undefined {
  // The longest module first: `boto3.client.x` is another thing than `boto3.x`.
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const module = name.slice(0, end);
    const call = name.slice(Math.max(end, name.lastIndexOf('.')) + 1);
    const found = candidatesFor(module).find(({ entry }) => entry.calls.test(call));
    if (found) return { ...found, module };
  }
  return undefined;
}

function candidatesFor(module: string): Candidate[] {
  const known = exact.get(module);
  if (known) return known;
  return patterns.filter(({ start }) => module.startsWith(start)).map(({ candidate }) => candidate);
}
