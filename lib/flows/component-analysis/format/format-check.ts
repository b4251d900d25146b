import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import type { RunReport } from '../../../domain/report.ts';
import { formatFailureComment, formatReportComment, type FailureText } from './format-comment.ts';
import { formatHeadline } from './format-headline.ts';

/** What a check run or a commit status says. */
export interface CheckText {
  /** One line, plain text, 140 characters at most. */
  title: string;
  /** Markdown, 60,000 characters at most; the text of an issue of the repository, too. */
  summary: string;
  /** One line, plain text, 140 characters at most: all that a commit status can show. */
  description: string;
}

const longestLine = 140;
/** GitHub takes 65,535. */
const longestSummary = 60_000;

export function formatCheck(report: RunReport, { runLink }: { runLink: string }): CheckText {
  const headline = shorten(formatHeadline(report), longestLine);
  const summary = formatReportComment(report, { runLink, maxCharacters: longestSummary });
  return { title: headline, summary, description: headline };
}

/** @param progress `step`: what is being done, `analyse architecture` */
export function formatRunningCheck(progress: { step: string }): CheckText {
  const description = shorten(oneLineText(`Running: ${progress.step}`), longestLine);
  return { title: 'The analysis is running', summary: description, description };
}

export function formatFailureCheck(failure: FailureText): CheckText {
  const line = oneLineText(`The analysis failed: ${failure.reason}`);
  return {
    title: 'The analysis failed',
    summary: formatFailureComment(failure),
    description: shorten(line, longestLine),
  };
}
