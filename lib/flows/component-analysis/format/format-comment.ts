import { shorten } from '../../../domain/plain-text.ts';
import type { Report, RunReport } from '../../../domain/report.ts';
import { componentInSubject } from '../../../domain/run-subject.ts';
import { commentSections } from './comment-sections.ts';
import { fitSections } from './fit-sections.ts';
import { formatMinute, formatSource } from './format-figures.ts';
import { formatName } from './format-matter.ts';
import { unknownComponentSections } from './format-unknown-component.ts';
import { integrationSection } from './integration-section.ts';
import { escapeText, formatMessage, plural } from './markdown-text.ts';
import { formatRunLink, reportLinkOf } from './run-link.ts';

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
  /** What stands between backticks is shown as code; here and in the advice. */
  reason: string;
  /** What to do about it. Default: to look at the run, whose page the text links. */
  advice?: string | undefined;
  /** Address of the run's page. */
  runLink: string;
}

export interface ReportTextOptions {
  /** Address of the run's page. */
  runLink: string;
  /** Length of the text at most; 2,000 or more. Default: 20,000. */
  maxCharacters?: number;
}

/** People read it: more is in the full report. Linear takes longer ones. */
const longestComment = 20_000;
const longestReason = 600;
const defaultAdvice =
  'Look at the log of the run and mend the cause. Then ask for the analysis again.';

/** A comment that says how far an analysis is. */
export function formatProgressComment(progress: ProgressText): string {
  const { component, repository, runLink, since, step } = progress;
  return [
    `### Component analysis of ${formatName(component)}`,
    `**Running:** ${escapeText(step)} · since ${formatMinute(since)} · ${formatName(repository)}`,
    formatRunLink('Follow the run', runLink),
  ].join('\n\n');
}

/** A comment that says what an analysis has found: Markdown without HTML, as Linear and GitHub show it. */
export function formatReportComment(report: RunReport, options: ReportTextOptions): string {
  const { maxCharacters = longestComment, runLink } = options;
  if ('kind' in report) {
    const end = formatRunLink('The run', runLink);
    return fitSections(unknownComponentSections(report), { end, maxCharacters });
  }
  const end = `${formatScope(report)}\n\n${formatRunLink('Full report', reportLinkOf(runLink))}`;
  const sections = [...commentSections(report, runLink), ...integrationSection(report)];
  return fitSections(sections, { end, maxCharacters });
}

/** What was analysed, and when. */
function formatScope(report: Report): string {
  const { component, files, generatedAt } = report;
  const size = `${plural(files.analysed, 'file')}, ${plural(files.lines, 'line')}`;
  const from = `${formatName(component.repository)}${formatSource(report)}`;
  return `${from} · ${size} · ${formatMinute(generatedAt)}`;
}

/** A comment that says why an analysis failed and what to do. */
export function formatFailureComment(failure: FailureText): string {
  const { advice = defaultAdvice, reason, runLink, subject } = failure;
  return [
    `### ${formatFailedSubject(subject)}`,
    `**Why:** ${formatMessage(shorten(reason, longestReason))}`,
    `**What to do:** ${formatMessage(shorten(advice, longestReason))}`,
    formatRunLink('The run and its log', runLink),
  ].join('\n\n');
}

function formatFailedSubject(subject: string): string {
  const named = componentInSubject(subject);
  if (named === undefined) return `The analysis failed: ${formatName(subject)}`;
  return `The analysis of ${formatName(named.component)} of ${formatName(named.repository)} failed`;
}
