import { resolveImports } from '../../../analysis/modules/resolve-imports.ts';
import { withoutSharedImports } from '../../../analysis/symbols/shared-imports.ts';
import { findUnusedSymbols } from '../../../analysis/symbols/unused-symbols.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { workKey, type RunRequest, type TaskServices } from './work.ts';

export interface CodeQuality {
  /** FileFacts[] of the whole source. */
  facts: BlobKey;
  /** Hit[]. */
  qualityHits: BlobKey;
  /** Lines of the component that stand elsewhere too. */
  duplicatedLines: number;
  /** What could not be judged, and why; the first 20. */
  notes: string[];
}

/** A checkpoint is no place for one note a file. */
const mostNotes = 20;

export async function analyseCodeQualityTask(
  { blobs, inspector }: TaskServices,
  { files, runId }: RunRequest & { files: ComponentFiles },
  log: Logger,
): Promise<CodeQuality> {
  const snapshot = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const inspection = await inspector.inspect(snapshot.files, logQuarters(log));
  const { facts, duplicatedLines } = inspection;
  for (const note of inspection.notes) log.warn(note);

  const resolved = resolveImports(facts, snapshot.manifests);
  const unused = findUnusedSymbols({
    facts,
    resolved,
    manifests: snapshot.manifests,
    referencesComplete: snapshot.referencesComplete,
  });
  const hits = [...withoutSharedImports(inspection.hits, facts, resolved), ...unused];
  log.info('Code quality analysed', { hits: hits.length });
  return {
    facts: await saveValue(blobs, workKey(runId, 'facts'), facts),
    qualityHits: await saveValue(blobs, workKey(runId, 'quality'), hits),
    duplicatedLines,
    notes: inspection.notes.slice(0, mostNotes),
  };
}

/** Progress that a person can follow: a line a quarter, however many jobs there are. */
function logQuarters(log: Logger): (done: number, total: number) => void {
  let quartersLogged = 0;
  return (done, total) => {
    const quarters = Math.floor((done / total) * 4);
    if (quarters > quartersLogged) log.info('Files inspected', { done, total });
    quartersLogged = quarters;
  };
}
