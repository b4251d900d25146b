import { plainText, shorten } from '../../../domain/plain-text.ts';
import { reportSchemaVersion } from '../../../domain/report.ts';
import type { TaskContext } from '../../../runtime/flow-context.ts';
import type { ComponentAnalysisResult, UnknownComponentInput } from '../input.ts';
import { saveReport } from '../report-storage.ts';
import type { AnalysisServices } from '../run.ts';

/** The title of an issue says within this what it is about. */
const wantedCharacters = 200;

interface UnknownComponentWork extends AnalysisServices {
  input: UnknownComponentInput;
  runId: string;
}

export async function reportUnknownComponentTask(
  { blobs, clock, input, runId }: UnknownComponentWork,
  { log }: TaskContext,
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
  log.warn('No configured component was named', { known: known.length });
  return { report };
}
