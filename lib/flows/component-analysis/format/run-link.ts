import { link } from './markdown-text.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Without an address of their own, pages are reached from the machine that shows them only. */
export function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && loopbackHosts.has(new URL(address).hostname);
}

/**
 * The page with the report of a run, below the run's own.
 * @param runLink address of the run's page
 */
export function reportLinkOf(runLink: string): string {
  return `${runLink}/report`;
}

/**
 * The page with the report of another run of the same host: it lies beside this one's.
 * @param runLink address of the page of a run
 */
export function otherReportLink(runLink: string, runId: string): string {
  const other = new URL(encodeURIComponent(runId), runLink);
  return reportLinkOf(other.href);
}

/** Where a link opens that leads to this machine: whoever reads it may sit at another. */
export const whereLinksOpen = 'where npm start or cicd ui shows the pages';

/** A link to the page of a run that says where it opens. */
export function formatRunLink(text: string, address: string): string {
  const where = isOnThisMachine(address) ? ` (opens ${whereLinksOpen})` : '';
  return `${link(text, address)}${where}`;
}
