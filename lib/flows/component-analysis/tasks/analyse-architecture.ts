import { analyseArchitecture } from '../../../analysis/architecture/analyse-architecture.ts';
import type { FileFacts } from '../../../analysis/facts.ts';
import { resolveImports } from '../../../analysis/modules/resolve-imports.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { workKey, type RunRequest, type TaskServices } from './work.ts';

export interface Architecture {
  /** `{ graph: ModuleGraph, hits: Hit[] }` */
  architecture: BlobKey;
}

export async function analyseArchitectureTask(
  { blobs }: TaskServices,
  { files, quality, runId }: RunRequest & { files: ComponentFiles; quality: CodeQuality },
  log: Logger,
): Promise<Architecture> {
  const { manifests } = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const facts = await readValue<FileFacts[]>(blobs, quality.facts);
  const resolved = resolveImports(facts, manifests);
  const result = analyseArchitecture({ facts, resolved });
  const { graph, hits } = result;
  log.info('Architecture analysed', {
    modules: graph.modules.length,
    edges: graph.edges.length,
    cycles: graph.cycles.length,
    hits: hits.length,
  });
  return { architecture: await saveValue(blobs, workKey(runId, 'architecture'), result) };
}
