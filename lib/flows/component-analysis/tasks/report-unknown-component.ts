import { plainText, shorten } from '../../../domain/plain-text.ts';
import { reportSchemaVersion } from '../../../domain/report.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { ComponentAnalysisResult, UnknownComponentInput } from '../input.ts';
import { saveReport } from '../report-storage.ts';
import type { RunRequest, TaskServices } from './work.ts';

/** The title of an issue says within this what it is about. */
const wantedCharacters = 200;

export async function reportUnknownComponentTask(
  { blobs, clock }: TaskServices,
  { input, runId }: RunRequest<UnknownComponentInput>,
  log: Logger,
): Promise<ComponentAnalysisResult> {
  const { known, origin, wanted } = input;
  const report = await saveReport(blobs, {
    schemaVersion: reportSchemaVersion,
    kind: 'unknown-component',
    runId,
    generatedAt: clock.now().toISOString(),
    wanted: shorten(plainText(wanted).trim(), wantedCharacters),
    known: known.toSorted(),
    ...(origin === undefined ? {} : { origin }),
  });
  log.warn('No single configured component was named', { known: known.length });
  return { report };
}
