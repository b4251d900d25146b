import type { UpstreamError } from '../domain/errors.ts';
import type { LinearIssueChange } from '../domain/event.ts';

/**
 * Where issues live, as flows need it. Linear here. Methods throw UpstreamError when the service cannot be
 * reached or answers something unusable, when the allowance of requests is used up, and (not retryable) when
 * it refuses or no credentials are set.
 */
export interface IssueTracker {
  /** Whether credentials are set. */
  isConfigured(): Promise<boolean>;
  /**
   * The issue as it is now; undefined when there is none (any more) that we may see.
   * @param issue its id or identifier
   * @param wanted what else is to be told of it, in the same request
   */
  getIssue(
    issue: string,
    wanted: WantedDetails,
    call: TrackerCall,
  ): Promise<IssueDetails | undefined>;
  /** The issue, what was asked for of it, and its sub-issues, in the order in which they were made. */
  getIssueWithChildren(
    issue: string,
    wanted: WantedDetails,
    call: TrackerCall,
  ): Promise<{ issue: IssueDetails; children: TrackedIssue[] } | undefined>;
  /**
   * Makes all the changes, in order and in one request. Made once more, each changes nothing further.
   * @returns those that the service refuses; all others are made
   */
  change(changes: readonly IssueChange[], call: TrackerCall): Promise<RefusedChange[]>;
  /**
   * What people did since then to issues that have the label, as the change events of webhooks would tell it:
   * oldest first. What integrations, external users and apps did is not among it.
   * @param since ISO 8601 UTC
   */
  listRequests(request: { label: string; since: string }): Promise<PolledRequests>;
}

/** On whose account a call is made. */
export interface TrackerCall {
  urgency: Urgency;
  /** Bounds the requests that are made for one purpose. Default: no bound of its own. */
  allowance?: RequestAllowance;
}

/** Asked before each request to the service, retries among them; false: it may not be made. */
export interface RequestAllowance {
  take(): boolean;
}

/**
 * What a call is worth while the allowance of requests runs out: `answer` may use the last one, `progress`
 * is given up first, `upkeep` (looking for what was missed) stops in between.
 */
export type Urgency = 'answer' | 'upkeep' | 'progress';

export interface TrackedIssue {
  id: string;
  /** `ENG-7` */
  identifier: string;
  title: string;
  url: string;
  /** ISO 8601 UTC */
  updatedAt: string;
  /** Completed, cancelled, archived or in the trash. */
  closed: boolean;
  state: WorkflowState;
}

/** A state of an issue, as its team calls it. */
export interface WorkflowState {
  id: string;
  name: string;
  /** `triage`, `backlog`, `unstarted`, `started`, `completed`, `canceled` and whatever comes later. */
  type: string;
}

export interface WantedDetails {
  /** Ids of comments. */
  commentIds: readonly string[];
  /** Addresses of attachments. */
  attachmentUrls: readonly string[];
  /** Names of states and labels that the issue could get; case does not count. */
  stateNames: readonly string[];
  labelNames: readonly string[];
}

export interface IssueDetails extends TrackedIssue {
  teamId: string;
  /** All labels of the issue. */
  labels: Label[];
  /** Those of the wanted that are there. A comment that was deleted is not. */
  comments: { id: string; body: string }[];
  attachments: { url: string; title: string; subtitle: string | null }[];
  /** Those of the wanted that its team has. */
  states: WorkflowState[];
  availableLabels: Label[];
}

export interface Label {
  id: string;
  name: string;
}

/** Ids of comments are UUIDs of version 4, chosen by us: what was made already is not made again. */
export type IssueChange =
  | { kind: 'create-comment'; id: string; issueId: string; body: string }
  | { kind: 'update-comment'; id: string; body: string }
  | { kind: 'attach'; issueId: string; url: string; title: string; subtitle: string }
  | { kind: 'move'; issueId: string; stateId: string }
  | { kind: 'add-label'; issueId: string; labelId: string };

export interface RefusedChange {
  change: IssueChange;
  /** Says in words which change it is about, too. */
  error: UpstreamError;
}

export interface PolledRequests {
  requests: PolledRequest[];
  /** From where to ask the next time, ISO 8601 UTC: later changes only. */
  next: string;
}

/** One thing that somebody did to an issue. */
export interface PolledRequest {
  /** `Issue.create` or `Issue.update`. */
  type: 'Issue.create' | 'Issue.update';
  /** Who did it; the type in the service's words, `user` for a person of the workspace. */
  sender: { login: string; type: string };
  url: string;
  /** The issue with what changed, `updatedAt` being when that was. */
  issue: LinearIssueChange;
  /**
   * When the last of it was done: the service may tell what somebody does within a while as one thing.
   * ISO 8601 UTC.
   */
  until: string;
}
