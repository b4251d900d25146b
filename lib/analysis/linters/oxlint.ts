import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpstreamError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/source.ts';
import type { Hit } from '../rule.ts';
import { runOxlint } from './oxlint-process.ts';
import { oxlintOutputSchema, toHits, type OxlintDiagnostic } from './oxlint-hits.ts';
import { oxlintSettings } from './oxlint-rules.ts';
import { withoutSharedSignatures } from './shared-signatures.ts';

/**
 * Lints TypeScript and JavaScript files by one oxlint process. Nothing of the analysed code is executed,
 * and its own linter settings have no effect; its inline `eslint-disable` comments have.
 * @throws UpstreamError (service `oxlint`) when the linter cannot be started, crashes, takes too long or
 *   answers something else than its report
 */
export async function lint(
  files: readonly SourceFile[],
  options: { signal?: AbortSignal } = {},
): Promise<Hit[]> {
  if (files.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), `cicd-oxlint-${process.pid}-`));
  try {
    const settingsFile = join(folder, 'settings.json');
    const sourceFolder = join(folder, 'files');
    await writeFile(settingsFile, JSON.stringify(oxlintSettings));
    const byName = await writeSources(files, sourceFolder);
    const output = await runOxlint({ settingsFile, sourceFolder, ...options });
    const diagnostics = Map.groupBy(parseOutput(output), ({ filename }) => filename);
    const hits = [...byName].flatMap(([name, file]) => toHits(diagnostics.get(name) ?? [], file));
    return withoutSharedSignatures(hits);
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
