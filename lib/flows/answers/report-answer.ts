import type { RunReport } from '../../domain/report.ts';
import { formatCheck, type CheckText } from '../component-analysis/format/format-check.ts';
import { formatReportComment } from '../component-analysis/format/format-comment.ts';
import { formatAttachment } from '../component-analysis/format/format-headline.ts';

/** What the places outside show of a report: little enough to be handed from thread to thread. */
export interface ReportAnswer {
  /** False where nobody could tell which component was meant. */
  isAnalysis: boolean;
  /** 40 hex digits; null where the source has none. */
  commit: string | null;
  /** Markdown for a comment. */
  comment: string;
  /** The same, shorter: for a conversation. */
  reply: string;
  attachment: { title: string; subtitle: string };
  check: CheckText;
  /** Something of high or critical severity has been added since the report before. */
  hasGraveNews: boolean;
  /** Something of low severity or above is there. */
  hasFindings: boolean;
}

/** Of a conversation, on a screen. */
const longestReply = 6_000;

/** @param runLink address of the run's page */
export function answerOf(report: RunReport, { runLink }: { runLink: string }): ReportAnswer {
  const texts = {
    comment: formatReportComment(report, { runLink }),
    reply: formatReportComment(report, { runLink, maxCharacters: longestReply }),
    attachment: formatAttachment(report),
    check: formatCheck(report, { runLink }),
  };
  if ('kind' in report) {
    return { ...texts, isAnalysis: false, commit: null, hasGraveNews: false, hasFindings: false };
  }
  const { comparison, findings, source } = report;
  // In a first report everything is new, which says nothing about the last change.
  const news = new Set(comparison.previous === null ? [] : comparison.newFindings);
  return {
    ...texts,
    isAnalysis: true,
    commit: source.commit,
    hasGraveNews: findings.some(
      ({ fingerprint, severity }) =>
        (severity === 'critical' || severity === 'high') && news.has(fingerprint),
    ),
    hasFindings: findings.some(({ severity }) => severity !== 'info'),
  };
}
