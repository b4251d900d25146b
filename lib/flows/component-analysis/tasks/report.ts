import type { FileFacts } from '../../../analysis/facts.ts';
import { toFindings } from '../../../analysis/findings.ts';
import { reportSchemaVersion, type Report } from '../../../domain/report.ts';
import { resultOf, type ComponentResult } from '../../../domain/tracking/component-result.ts';
import type { Logger } from '../../../runtime/logging.ts';
import { compareWithPrevious } from '../compare-reports.ts';
import { askingIssue, type AnalysisResult } from '../input.ts';
import { measureComponent } from '../measure.ts';
import { readAnalysisReport, saveLatestReport } from '../report-storage.ts';
import { readValue } from '../stored-values.ts';
import { readAgentParts, type EndedAgent } from './agent-parts.ts';
import { readStaticResults, type AnalysedComponent } from './static-results.ts';
import type { TaskServices } from './work.ts';

export interface ReportRequest extends AnalysedComponent {
  /** How each agent that was to be asked has ended; empty where none was. */
  agents: readonly EndedAgent[];
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

async function buildReport(services: TaskServices, request: ReportRequest): Promise<Report> {
  const { blobs, clock } = services;
  const { agents, files, input, quality, runId } = request;
  const { graph, hits, points, snapshot } = await readStaticResults(services, request);
  const facts = await readValue<FileFacts[]>(blobs, quality.facts);
  const previous =
    files.previousReport === null ? null : await readAnalysisReport(blobs, files.previousReport);

  const findings = toFindings(hits, [...snapshot.files, ...snapshot.manifests]);
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
    graph,
    integrationPoints: points,
    findings,
    comparison: compareWithPrevious(findings, previous),
    notes: quality.notes,
    agents: await readAgentParts(blobs, agents),
  };
}
