import type { FileFacts } from '../../../analysis/facts.ts';
import { toFindings } from '../../../analysis/findings.ts';
import type { Hit } from '../../../analysis/rule.ts';
import {
  reportSchemaVersion,
  type IntegrationPoint,
  type ModuleGraph,
  type Report,
} from '../../../domain/report.ts';
import { resultOf, type ComponentResult } from '../../../domain/tracking/component-result.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { compareWithPrevious } from '../compare-reports.ts';
import { askingIssue, type AnalysisResult } from '../input.ts';
import { measureComponent } from '../measure.ts';
import { readAnalysisReport, saveLatestReport } from '../report-storage.ts';
import { readValue } from '../stored-values.ts';
import type { Architecture } from './analyse-architecture.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { Integration } from './analyse-integration-points.ts';
import type { ComponentFiles } from './get-component-files.ts';
import type { RunRequest, TaskServices } from './work.ts';

interface ReportRequest extends RunRequest {
  files: ComponentFiles;
  quality: CodeQuality;
  architecture: Architecture;
  integration: Integration;
}

/** What the report comes to. */
export interface ReportedAnalysis {
  result: AnalysisResult;
  /** Its part in the table of all components. */
  component: ComponentResult;
}

export async function reportTask(
  services: TaskServices,
  request: ReportRequest,
  log: Logger,
): Promise<ReportedAnalysis> {
  const report = await buildReport(services, request);
  const key = await saveLatestReport(services.blobs, request.input, report);
  const { new: added, fixed, unchanged } = report.comparison;
  const { findings } = report.metrics;
  log.info('Report written', { findings: report.findings.length, new: added, fixed, unchanged });
  const { analysed } = report.files;
  const comparison = { new: added, fixed, unchanged };
  return {
    result: { report: key, files: analysed, findings, comparison },
    component: resultOf(report, askingIssue(request.input)),
  };
}

async function buildReport(
  { blobs, clock }: TaskServices,
  { input, runId, files, quality, architecture, integration }: ReportRequest,
): Promise<Report> {
  const snapshot = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const facts = await readValue<FileFacts[]>(blobs, quality.facts);
  const qualityHits = await readValue<Hit[]>(blobs, quality.qualityHits);
  const modules = await readValue<{ graph: ModuleGraph; hits: Hit[] }>(
    blobs,
    architecture.architecture,
  );
  const outside = await readValue<{ points: IntegrationPoint[]; hits: Hit[] }>(
    blobs,
    integration.integration,
  );
  const previous =
    files.previousReport === null ? null : await readAnalysisReport(blobs, files.previousReport);

  const findings = toFindings(
    [...qualityHits, ...modules.hits, ...outside.hits],
    [...snapshot.files, ...snapshot.manifests],
  );
  const { component: name, paths, repository, source } = input;
  return {
    schemaVersion: reportSchemaVersion,
    runId,
    generatedAt: clock.now().toISOString(),
    component: { name, repository, paths },
    source: { ...source, commit: snapshot.commit },
    files: snapshot.counts,
    metrics: measureComponent(
      facts.filter((file) => file.inComponent),
      findings,
      quality.duplicatedLines,
    ),
    graph: modules.graph,
    integrationPoints: outside.points,
    findings,
    comparison: compareWithPrevious(findings, previous),
    notes: quality.notes,
    agents: [],
  };
}
