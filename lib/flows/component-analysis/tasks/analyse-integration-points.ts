import type { FileFacts } from '../../../analysis/facts.ts';
import { findIntegrationPoints } from '../../../analysis/integration/find-integration-points.ts';
import type { TaskContext } from '../../../runtime/flow-context.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { workKey, type AnalysisWork } from './work.ts';

export interface Integration {
  /** `{ points: IntegrationPoint[], hits: Hit[] }` */
  integration: BlobKey;
}

export async function analyseIntegrationPointsTask(
  { blobs, runId }: AnalysisWork,
  { log }: TaskContext,
  earlier: ComponentFiles & CodeQuality,
): Promise<Integration> {
  const { manifests } = await readValue<SourceSnapshot>(blobs, earlier.snapshot);
  const facts = await readValue<FileFacts[]>(blobs, earlier.facts);
  const result = findIntegrationPoints({ facts, manifests });
  log.info('Integration points analysed', {
    points: result.points.length,
    hits: result.hits.length,
  });
  return { integration: await saveValue(blobs, workKey(runId, 'integration'), result) };
}
