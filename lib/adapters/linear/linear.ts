import type { AgentSessions } from '../../ports/agent-sessions.ts';
import type { IssueTracker } from '../../ports/issue-tracker.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Store } from '../../ports/store.ts';
import type { TrackerAdmin } from '../../ports/tracker-admin.ts';
import { createAccessTokens } from './access-token.ts';
import { createAdmin } from './admin.ts';
import { createAgentSessions } from './agent-sessions.ts';
import { createBudgets, latest } from './budget.ts';
import { changeIssues } from './change-issue.ts';
import { createCredentials, type Credentials } from './credentials.ts';
import { pollRequests } from './poll-requests.ts';
import { readRequestQuota } from './rate-limit.ts';
import { readIssue, readIssueWithChildren } from './read-issue.ts';
import { createRequests, type LinearRequests } from './requests.ts';

export interface LinearOptions extends LinearTiming {
  secrets: SecretStore;
  /** Keeps what is left of the allowance of requests, for all processes. */
  store: Store;
  /** Address of the GraphQL API: `https://api.linear.app/graphql`. */
  apiUrl: string;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
  /** Counts each attempt. Default: nobody counts. */
  meter?: CallMeter;
}

export interface LinearTiming {
  /** Milliseconds for one request with its answer. Default: 20 s. */
  requestMs?: number;
  /** Milliseconds before the second attempt, about. Default: 1 s. */
  retryMs?: number;
}

/** Linear by its GraphQL API. Nothing is loaded and nothing asked for before the first call. */
export function createLinear(options: LinearOptions): {
  tracker: IssueTracker;
  sessions: AgentSessions;
  admin: TrackerAdmin;
} {
  const { apiUrl, meter, now = Date.now, secrets, store } = options;
  const { requestMs = 20_000, retryMs = 1_000 } = options;
  const tokenUrl = new URL('/oauth/token', apiUrl).href;
  const credentials = createCredentials(secrets, createAccessTokens({ tokenUrl, requestMs, now }));
  const budgets = createBudgets({ now, store });
  const onCall = (headers?: Headers) =>
    meter?.count('linear', headers && readRequestQuota(headers, now()));
  const requests = createRequests({ apiUrl, budgets, credentials, requestMs, retryMs, onCall });
  return {
    tracker: createTracker(requests, credentials),
    sessions: createAgentSessions(requests, credentials),
    admin: createAdmin(requests, () => latest(budgets.app.current(), budgets['api-key'].current())),
  };
}

function createTracker(requests: LinearRequests, credentials: Credentials): IssueTracker {
  return {
    isConfigured: async () => await credentials.isConfigured(),
    getIssue: async (issue, wanted, call) => await readIssue(requests, { issue, wanted }, call),
    getIssueWithChildren: async (issue, wanted, call) =>
      await readIssueWithChildren(requests, { issue, wanted }, call),
    change: async (changes, call) => await changeIssues(requests, changes, call),
    listRequests: async (request) => await pollRequests(requests, request),
  };
}
