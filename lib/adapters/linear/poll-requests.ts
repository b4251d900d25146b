import type { PolledRequest, PolledRequests } from '../../ports/issue-tracker.ts';
import { requestsIn } from './polled-history.ts';
import {
  changedIssuesDocument,
  changedIssuesSchema,
  issueHistoryDocument,
  issueHistorySchema,
  type HistoryPage,
  type PolledEntry,
  type PolledIssue,
} from './polled-issue.ts';
import { answered, type LinearRequests } from './requests.ts';

/** Of 25 issues each: what is left over, the next poll finds. */
const maxIssuePages = 12;
/** Of 25 changes of one issue each. */
const maxHistoryPages = 10;

const call = { urgency: 'upkeep' } as const;

export async function pollRequests(
  requests: LinearRequests,
  { label, since }: { label: string; since: string },
): Promise<PolledRequests> {
  const found: PolledRequest[] = [];
  const sinceMs = Date.parse(since);
  let nextMs = sinceMs;
  let after: string | null = null;
  for (let page = 1; page <= maxIssuePages; page += 1) {
    const { nodes, pageInfo } = await readChangedIssues(requests, { label, since, after });
    for (const issue of nodes) {
      const history = await readHistory(requests, issue, sinceMs);
      found.push(...requestsIn(issue, history, sinceMs));
      nextMs = Math.max(nextMs, timeOf(issue));
    }
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
    // Issues that were changed together have the same time: some may be on the page that is not read.
    if (page === maxIssuePages) nextMs -= 1;
  }
  const next = new Date(nextMs).toISOString();
  return { requests: found.toSorted((a, b) => timeOf(a.issue) - timeOf(b.issue)), next };
}

function timeOf({ updatedAt }: { updatedAt: string }): number {
  return Date.parse(updatedAt);
}

async function readChangedIssues(
  requests: LinearRequests,
  asked: { label: string; since: string; after: string | null },
): Promise<{ nodes: PolledIssue[]; pageInfo: HistoryPage['pageInfo'] }> {
  const question = {
    document: changedIssuesDocument,
    variables: { ...asked, historyAfter: null },
    result: changedIssuesSchema,
  };
  return answered(await requests.ask(question, call)).issues;
}

/** All changes since then; more than one page is asked for where they are many. */
async function readHistory(
  requests: LinearRequests,
  { history, id }: PolledIssue,
  since: number,
): Promise<PolledEntry[]> {
  const entries = [...history.nodes];
  let { pageInfo } = history;
  for (let page = 1; pageInfo.hasNextPage && page < maxHistoryPages; page += 1) {
    if (reachesBackTo(since, entries)) break;
    const variables = { issue: id, historyAfter: pageInfo.endCursor };
    const question = { document: issueHistoryDocument, variables, result: issueHistorySchema };
    const { history: more } = answered(await requests.ask(question, call)).issue;
    entries.push(...more.nodes);
    ({ pageInfo } = more);
  }
  return entries;
}

/** In which order the changes come is nowhere promised. */
function reachesBackTo(since: number, entries: readonly PolledEntry[]): boolean {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return true;
  return timeOf(last) <= since && timeOf(last) <= timeOf(first);
}
