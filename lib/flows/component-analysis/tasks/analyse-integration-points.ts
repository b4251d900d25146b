import type { FileFacts } from '../../../analysis/facts.ts';
import { findIntegrationPoints } from '../../../analysis/integration/find-integration-points.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { workKey, type RunRequest, type TaskServices } from './work.ts';

export interface Integration {
  /** `{ points: IntegrationPoint[], hits: Hit[] }` */
  integration: BlobKey;
}

export async function analyseIntegrationPointsTask(
  { blobs }: TaskServices,
  { files, quality, runId }: RunRequest & { files: ComponentFiles; quality: CodeQuality },
  log: Logger,
): Promise<Integration> {
  const { manifests } = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const facts = await readValue<FileFacts[]>(blobs, quality.facts);
  const result = findIntegrationPoints({ facts, manifests });
  log.info('Integration points analysed', {
    points: result.points.length,
    hits: result.hits.length,
  });
  return { integration: await saveValue(blobs, workKey(runId, 'integration'), result) };
}
