import type { RunReport } from '../../../domain/report.ts';
import { formatMinute } from './format-figures.ts';
import { formatReport } from './format-report.ts';
import { code, escapeText } from './markdown-text.ts';

/** While the analysis runs. */
export interface ProgressText {
  component: string;
  repository: string;
  /** Address of the run's page. */
  runLink: string;
  /** What is being done: `analyse architecture`. */
  step: string;
  /** When the run began, ISO 8601 UTC. */
  since: string;
}

export interface FailureText {
  /** What was analysed: `lib of acme/shop`. */
  subject: string;
  reason: string;
  /** What to do about it. Default: how to ask again. */
  advice?: string;
  /** Address of the run's page. */
  runLink: string;
}

export interface ReportTextOptions {
  /** Address of the run's page. */
  runLink: string;
  /** Length of the text at most; 2,000 or more. Default: 20,000. */
  maxCharacters?: number;
}

/** A comment that says how far an analysis is. */
export function formatProgressComment(progress: ProgressText): string {
  const { component, repository, runLink, since, step } = progress;
  return [
    `### Component analysis of ${code(component)}`,
    `${escapeText(repository)} · running since ${formatMinute(since)}: **${escapeText(step)}**`,
    `[Run](${runLink})`,
  ].join('\n\n');
}

/** A comment that says what an analysis has found. */
export function formatReportComment(report: RunReport, options: ReportTextOptions): string {
  const { maxCharacters = 20_000, runLink } = options;
  const link = `[Full report](${runLink})`;
  return `${formatReport(report).slice(0, maxCharacters - link.length - 2)}\n\n${link}`;
}

/** A comment that says why an analysis failed and what to do. */
export function formatFailureComment({ advice, reason, runLink, subject }: FailureText): string {
  return [
    `### The component analysis failed: ${code(subject)}`,
    escapeText(reason),
    ...(advice === undefined ? [] : [escapeText(advice)]),
    `[Run](${runLink})`,
  ].join('\n\n');
}
