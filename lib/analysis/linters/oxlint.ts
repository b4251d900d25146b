import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpstreamError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/source.ts';
import type { Hit } from '../rule.ts';
import { runOxlint, type OxlintOutcome } from './oxlint-process.ts';
import { oxlintOutputSchema, toHits, type OxlintDiagnostic } from './oxlint-hits.ts';
import { oxlintSettings } from './oxlint-rules.ts';
import { withoutSharedSignatures } from './shared-signatures.ts';

/** A thousand files take 0.2 s on one core. */
const longestMs = 60_000;
/** Of a part of what has crashed: a file that hangs is looked for in many parts. */
const longestPartMs = 10_000;
/** Enough to find one culprit among half a million files, or three among a hundred. */
const mostProcesses = 40;

export interface LintReport {
  hits: Hit[];
  /** What was not linted, and why. */
  notes: string[];
  /** Paths of the files that crash the linter, each by itself. */
  unlintable: string[];
}

/**
 * Lints TypeScript and JavaScript files by oxlint. Nothing of the analysed code is executed, and its own
 * linter settings have no effect; its inline `eslint-disable` comments have. When the linter crashes or
 * takes too long, its files are halved until the culprits are alone: they are left out.
 * @throws UpstreamError (service `oxlint`) when the linter cannot be started, is ended from outside or
 *   answers something else than its report
 */
export async function lint(
  files: readonly SourceFile[],
  options: { signal?: AbortSignal } = {},
): Promise<LintReport> {
  const report: LintReport = { hits: [], notes: [], unlintable: [] };
  // The largest parts come first: should the processes not suffice, small ones are left out.
  const parts = files.length === 0 ? [] : [files];
  let processes = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (processes === mostProcesses) {
      report.notes.push(...part.map(({ path }) => `${path} was not linted: too many files crash.`));
      continue;
    }
    const milliseconds = processes === 0 ? longestMs : longestPartMs;
    processes += 1;
    // oxlint-disable-next-line no-await-in-loop -- a part is linted because the whole has crashed
    const outcome = await lintPart(part, { ...options, milliseconds });
    if (outcome.kind === 'not installed') {
      report.notes.push('TypeScript and JavaScript were not linted: oxlint is not installed.');
      break;
    }
    if (outcome.kind === 'hits') {
      report.hits.push(...outcome.hits);
    } else if (part.length > 1) {
      const middle = Math.ceil(part.length / 2);
      parts.push(part.slice(0, middle), part.slice(middle));
    } else {
      const path = part[0]?.path ?? '';
      report.unlintable.push(path);
      report.notes.push(`${path} was not linted: oxlint ${outcome.reason}.`);
    }
  }
  return { ...report, hits: withoutSharedSignatures(report.hits) };
}

type PartOutcome = { kind: 'hits'; hits: Hit[] } | Exclude<OxlintOutcome, { kind: 'report' }>;

async function lintPart(
  files: readonly SourceFile[],
  limits: { milliseconds: number; signal?: AbortSignal },
): Promise<PartOutcome> {
  const folder = await mkdtemp(join(tmpdir(), `cicd-oxlint-${process.pid}-`));
  try {
    const settingsFile = join(folder, 'settings.json');
    const sourceFolder = join(folder, 'files');
    await writeFile(settingsFile, JSON.stringify(oxlintSettings));
    const byName = await writeSources(files, sourceFolder);
    const outcome = await runOxlint({ settingsFile, sourceFolder, ...limits });
    if (outcome.kind !== 'report') return outcome;
    const diagnostics = Map.groupBy(parseOutput(outcome.output), ({ filename }) => filename);
    const hits = [...byName].flatMap(([name, file]) => toHits(diagnostics.get(name) ?? [], file));
    return { kind: 'hits', hits };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const writesAtOnce = 32;

/**
 * Writes the files under names of our own, so that a hostile path reaches nothing and a folder's name
 * (`node_modules`, `dist`) hides nothing.
 */
async function writeSources(
  files: readonly SourceFile[],
  folder: string,
): Promise<Map<string, SourceFile>> {
  await mkdir(folder);
  const named = files.map((file, index) => [`${index}${extensionOf(file)}`, file] as const);
  for (let start = 0; start < named.length; start += writesAtOnce) {
    const batch = named.slice(start, start + writesAtOnce);
    // oxlint-disable-next-line no-await-in-loop -- bounds the number of open files
    await Promise.all(batch.map(([name, file]) => writeFile(join(folder, name), file.text)));
  }
  return new Map(named);
}

function extensionOf(file: SourceFile): string {
  const known = /(\.d)?\.[cm]?[jt]sx?$/.exec(file.path)?.[0];
  return known ?? (file.language === 'typescript' ? '.ts' : '.js');
}

function parseOutput(output: string): OxlintDiagnostic[] {
  try {
    return oxlintOutputSchema.parse(JSON.parse(output)).diagnostics;
  } catch (cause) {
    throw new UpstreamError('oxlint answered something else than its report', {
      service: 'oxlint',
      retryable: false,
      cause,
    });
  }
}
