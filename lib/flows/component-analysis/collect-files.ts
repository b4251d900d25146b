import { RequestRejectedError } from '../../domain/errors.ts';
import type { FileCounts, SkipReason } from '../../domain/report.ts';
import type { ManifestFile, SourceFile } from '../../domain/source.ts';
import {
  isGeneratedName,
  isManifest,
  isVendored,
  languageOf,
  looksBinary,
  looksGenerated,
} from '../../domain/source-classes.ts';
import type { SourceEntry, SourceListing } from '../../ports/source-host.ts';
import type { ComponentPaths } from './component-paths.ts';
import { countLines, createFileTally } from './file-tally.ts';

export interface SourceLimits {
  /** Larger files are skipped. */
  maxFileBytes: number;
  /** A component with more text than this is refused; beyond as much again no references are read. */
  maxTotalBytes: number;
}

/** The source as one run sees it: read once, then never again. */
export interface SourceSnapshot {
  commit: string | null;
  files: SourceFile[];
  manifests: ManifestFile[];
  /** Files of the component that are counted, not judged; manifests among them. */
  listed: { path: string; lines: number }[];
  counts: FileCounts;
  /** False when the source was too large to read every file that might refer to the component. */
  referencesComplete: boolean;
}

type Content = { kind: 'text'; text: string } | { kind: 'skipped'; reason: SkipReason };

/** Reads what the analysis needs of a source and counts what it leaves out. */
export async function collectFiles(
  listing: SourceListing,
  paths: ComponentPaths,
  limits: SourceLimits,
): Promise<SourceSnapshot> {
  const collector = new FileCollector(paths, limits);
  for await (const entry of listing.entries) await collector.add(entry);
  return { commit: listing.commit, ...collector.collected() };
}

class FileCollector {
  readonly #paths: ComponentPaths;
  readonly #limits: SourceLimits;
  readonly #files: SourceFile[] = [];
  readonly #manifests: ManifestFile[] = [];
  readonly #listed: SourceSnapshot['listed'] = [];
  readonly #tally = createFileTally();
  /** Each has a budget of its own: what is listed first must not starve the other. */
  readonly #bytesLeft: { component: number; references: number };
  #referencesComplete = true;

  constructor(paths: ComponentPaths, limits: SourceLimits) {
    this.#paths = paths;
    this.#limits = limits;
    this.#bytesLeft = { component: limits.maxTotalBytes, references: limits.maxTotalBytes };
  }

  async add(entry: SourceEntry): Promise<void> {
    const { path } = entry;
    const inComponent = this.#paths.includes(path);
    const reason = skipReason(entry, this.#limits);
    if (reason !== null) {
      if (inComponent || (reason === 'ignored' && this.#paths.reaches(path))) {
        this.#tally.skip(reason, path);
      }
      return;
    }
    if (inComponent) await this.#addToComponent(entry);
    else if (languageOf(path) !== null || isManifest(path)) await this.#addReference(entry);
  }

  async #addToComponent(entry: SourceEntry): Promise<void> {
    const { path, size } = entry;
    // What is only counted is not kept.
    const kept = languageOf(path) === null ? 0 : size;
    if (kept > this.#bytesLeft.component) throw tooMuchSource(this.#limits);
    const content = await readText(entry);
    if (content.kind === 'skipped') return this.#tally.skip(content.reason, path);
    this.#bytesLeft.component -= kept;
    this.#tally.add({ path, text: content.text, bytes: size });
    this.#keep(path, content.text, true);
    if (languageOf(path) === null) this.#listed.push({ path, lines: countLines(content.text) });
  }

  async #addReference(entry: SourceEntry): Promise<void> {
    const { path, size } = entry;
    if (size > this.#bytesLeft.references) {
      this.#referencesComplete = false;
      return;
    }
    const content = await readText(entry);
    if (content.kind === 'skipped') return;
    this.#bytesLeft.references -= size;
    if (languageOf(path) !== null) this.#tally.addReference();
    this.#keep(path, content.text, false);
  }

  #keep(path: string, text: string, inComponent: boolean): void {
    const language = languageOf(path);
    if (language !== null) this.#files.push({ path, language, text, inComponent });
    if (isManifest(path)) this.#manifests.push({ path, text, inComponent });
  }

  collected(): Omit<SourceSnapshot, 'commit'> {
    return {
      files: this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      manifests: this.#manifests,
      listed: this.#listed,
      counts: this.#tally.counts(),
      referencesComplete: this.#referencesComplete,
    };
  }
}

/** Why an entry is left out without reading it. */
function skipReason(entry: SourceEntry, limits: SourceLimits): SkipReason | null {
  if (entry.kind === 'ignored' || entry.kind === 'symlink') return entry.kind;
  if (entry.kind !== 'file') return 'unreadable';
  if (isVendored(entry.path)) return 'vendored';
  if (isGeneratedName(entry.path)) return 'generated';
  return entry.size > limits.maxFileBytes ? 'too-large' : null;
}

async function readText(entry: SourceEntry): Promise<Content> {
  let content: Uint8Array;
  try {
    content = await entry.read();
  } catch {
    // No right to read it, or gone since it was listed: the report counts it.
    return { kind: 'skipped', reason: 'unreadable' };
  }
  if (looksBinary(content)) return { kind: 'skipped', reason: 'binary' };
  const text = new TextDecoder().decode(content);
  return looksGenerated(text) ? { kind: 'skipped', reason: 'generated' } : { kind: 'text', text };
}

function tooMuchSource(limits: SourceLimits): RequestRejectedError {
  const megabytes = Math.round(limits.maxTotalBytes / 1e6);
  return new RequestRejectedError(
    'invalid',
    `The component has more than ${megabytes} MB of source. Give it fewer paths, or split it.`,
  );
}
