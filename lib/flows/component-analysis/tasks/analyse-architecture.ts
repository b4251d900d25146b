import { analyseArchitecture } from '../../../analysis/architecture/analyse-architecture.ts';
import type { FileFacts } from '../../../analysis/facts.ts';
import { resolveImports } from '../../../analysis/modules/resolve-imports.ts';
import type { TaskContext } from '../../../runtime/flow-context.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { workKey, type AnalysisWork } from './work.ts';

export interface Architecture {
  /** `{ graph: ModuleGraph, hits: Hit[] }` */
  architecture: BlobKey;
}

export async function analyseArchitectureTask(
  { blobs, runId }: AnalysisWork,
  { log }: TaskContext,
  earlier: ComponentFiles & CodeQuality,
): Promise<Architecture> {
  const { manifests } = await readValue<SourceSnapshot>(blobs, earlier.snapshot);
  const facts = await readValue<FileFacts[]>(blobs, earlier.facts);
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
