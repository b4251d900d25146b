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
import { createFileTally } from './file-tally.ts';

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
  const files: SourceFile[] = [];
  const manifests: ManifestFile[] = [];
  const tally = createFileTally();
  // Each has a budget of its own: what is listed first must not starve the other.
  const bytesLeft = { component: limits.maxTotalBytes, references: limits.maxTotalBytes };
  let referencesComplete = true;

  for await (const entry of listing.entries) {
    const { path, size } = entry;
    const inComponent = paths.includes(path);
    if (isManifest(path) && !isVendored(path)) await addManifest(entry, limits, manifests);

    const reason = skipReason(entry, limits);
    if (reason !== null) {
      if (inComponent || (reason === 'ignored' && paths.reaches(path))) tally.skip(reason, path);
      continue;
    }
    const language = languageOf(path);
    if (language === null && !inComponent) continue;

    const budget = inComponent ? 'component' : 'references';
    if (size > bytesLeft[budget]) {
      if (inComponent) throw tooMuchSource(limits);
      referencesComplete = false;
      continue;
    }
    const content = await readText(entry);
    if (content.kind === 'skipped') {
      if (inComponent) tally.skip(content.reason, path);
      continue;
    }
    const { text } = content;
    bytesLeft[budget] -= size;
    if (language !== null) files.push({ path, language, text, inComponent });
    if (inComponent) tally.add({ path, text, bytes: size });
    else tally.addReference();
  }

  return {
    commit: listing.commit,
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    manifests,
    counts: tally.counts(),
    referencesComplete,
  };
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

async function addManifest(
  entry: SourceEntry,
  limits: SourceLimits,
  manifests: ManifestFile[],
): Promise<void> {
  if (entry.kind !== 'file' || entry.size > limits.maxFileBytes) return;
  const content = await readText(entry);
  if (content.kind === 'text') manifests.push({ path: entry.path, text: content.text });
}

function tooMuchSource(limits: SourceLimits): RequestRejectedError {
  const megabytes = Math.round(limits.maxTotalBytes / 1e6);
  return new RequestRejectedError(
    'invalid',
    `The component has more than ${megabytes} MB of source. Give it fewer paths, or split it.`,
  );
}
