import { RequestRejectedError } from '../../../domain/errors.ts';
import { describeSource } from '../../../domain/source.ts';
import type { Logger } from '../../../runtime/logging.ts';
import { collectFiles, type SourceLimits, type SourceSnapshot } from '../collect-files.ts';
import { componentPaths } from '../component-paths.ts';
import type { AnalysisInput } from '../input.ts';
import { findLatestReport } from '../report-storage.ts';
import { saveValue, type BlobKey } from '../stored-values.ts';
import { workKey, type RunRequest, type TaskServices } from './work.ts';

export interface ComponentFiles {
  /** A SourceSnapshot. */
  snapshot: BlobKey;
  /** 40 hex digits; null where the source knows none. */
  commit: string | null;
  /** The report to compare with, fixed here: the last task may run twice, the comparison must not. */
  previousReport: BlobKey | null;
}

/** Hand-written files stay far below it; one at the limit takes about a second to judge. */
const limits: SourceLimits = { maxFileBytes: 1_000_000, maxTotalBytes: 100_000_000 };

export async function getComponentFilesTask(
  { blobs, sourceHost }: TaskServices,
  { input, runId }: RunRequest,
  log: Logger,
): Promise<ComponentFiles> {
  const paths = componentPaths(input.paths);
  const snapshot = await collectFiles(await sourceHost.open(input.source), paths, limits);
  if (snapshot.counts.analysed + snapshot.counts.listed === 0) throw noFiles(input, snapshot);

  const { analysed, listed, references, skipped } = snapshot.counts;
  log.info('Component files read', {
    analysed,
    listed,
    references,
    skipped: skipped.reduce((total, { files }) => total + files, 0),
  });
  return {
    snapshot: await saveValue(blobs, workKey(runId, 'snapshot'), snapshot),
    commit: snapshot.commit,
    previousReport: await findLatestReport(blobs, input),
  };
}

function noFiles(input: AnalysisInput, { counts }: SourceSnapshot): RequestRejectedError {
  const skipped = counts.skipped.map(({ reason, files }) => `${files} ${reason}`).join(', ');
  const hint = skipped === '' ? '' : ` Left out: ${skipped}.`;
  return new RequestRejectedError(
    'not-found',
    `The component "${input.component}" has no files: nothing in ${describeSource(input.source)} ` +
      `matches ${input.paths.join(', ')}.${hint}`,
  );
}
