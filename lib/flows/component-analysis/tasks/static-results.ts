import type { Hit } from '../../../analysis/rule.ts';
import type { IntegrationPoint, ModuleGraph } from '../../../domain/report.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue } from '../stored-values.ts';
import type { Architecture } from './analyse-architecture.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { Integration } from './analyse-integration-points.ts';
import type { ComponentFiles } from './get-component-files.ts';
import type { RunRequest, TaskServices } from './work.ts';

/** References to all that linters and parsers have found. */
export interface AnalysedComponent extends RunRequest {
  files: ComponentFiles;
  quality: CodeQuality;
  architecture: Architecture;
  integration: Integration;
}

export interface StaticResults {
  snapshot: SourceSnapshot;
  hits: Hit[];
  graph: ModuleGraph;
  points: IntegrationPoint[];
}

/**
 * Reads back what the tasks before have saved, but the facts: they are large, and few need them.
 */
export async function readStaticResults(
  { blobs }: Pick<TaskServices, 'blobs'>,
  { architecture, files, integration, quality }: AnalysedComponent,
): Promise<StaticResults> {
  const snapshot = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const qualityHits = await readValue<Hit[]>(blobs, quality.qualityHits);
  const modules = await readValue<{ graph: ModuleGraph; hits: Hit[] }>(
    blobs,
    architecture.architecture,
  );
  const outside = await readValue<{ points: IntegrationPoint[]; hits: Hit[] }>(
    blobs,
    integration.integration,
  );
  return {
    snapshot,
    hits: [...qualityHits, ...modules.hits, ...outside.hits],
    graph: modules.graph,
    points: outside.points,
  };
}
