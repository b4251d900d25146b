import { answerOf, type ReportAnswer } from '../../answers/report-answer.ts';
import { readReport } from '../report-storage.ts';
import type { BlobKey } from '../stored-values.ts';
import type { TaskServices } from './work.ts';

export interface AnswerRequest {
  /** Key of the report. */
  report: BlobKey;
  /** Address of the run's page. */
  runLink: string;
}

/** What there is to show of a report outside; null when it is gone. Megabytes are read for it. */
export async function readAnswerTask(
  { blobs }: TaskServices,
  { report: key, runLink }: AnswerRequest,
): Promise<ReportAnswer | null> {
  const report = await readReport(blobs, key);
  return report === null ? null : answerOf(report, { runLink });
}
