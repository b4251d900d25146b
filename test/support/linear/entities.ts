/** Who can do something in a workspace. What the service says of them differs by kind. */
export interface Actor {
  id: string;
  kind: 'person' | 'guest' | 'app' | 'integration' | 'external';
  name: string;
  admin: boolean;
}

export interface State {
  id: string;
  name: string;
  /** `triage`, `backlog`, `unstarted`, `started`, `completed`, `canceled` */
  type: string;
}

/** Of a team; of the workspace where `teamId` is null. */
export interface Label {
  id: string;
  name: string;
  teamId: string | null;
}

export interface Team {
  id: string;
  key: string;
  name: string;
  states: State[];
}

export interface Comment {
  id: string;
  issueId: string;
  body: string;
  author: Actor;
  createdAt: string;
  updatedAt: string;
}

export interface Attachment {
  id: string;
  issueId: string;
  url: string;
  title: string;
  subtitle: string | null;
  createdAt: string;
  updatedAt: string;
}

/** What one actor changed at one time; absent: did not change. */
export interface HistoryEntry {
  id: string;
  actor: Actor;
  createdAt: string;
  /** Of the last change that was added to it. */
  updatedAt: string;
  addedLabelIds?: string[];
  removedLabelIds?: string[];
  fromStateId?: string;
  toStateId?: string;
  fromTitle?: string;
  toTitle?: string;
  fromAssigneeId?: string | null;
  toAssigneeId?: string | null;
  fromDelegateId?: string | null;
  toDelegateId?: string | null;
  updatedDescription?: true;
  archived?: boolean;
  trashed?: boolean;
}

export interface Issue {
  id: string;
  number: number;
  teamId: string;
  previousIdentifiers: string[];
  title: string;
  description: string | null;
  stateId: string;
  labelIds: string[];
  assigneeId: string | null;
  /** The app that works on it. */
  delegateId: string | null;
  parentId: string | null;
  creator: Actor;
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  completedAt: string | null;
  canceledAt: string | null;
  archivedAt: string | null;
  trashed: boolean;
  /** Oldest first. */
  history: HistoryEntry[];
}

export interface Webhook {
  id: string;
  url: string;
  label: string | null;
  enabled: boolean;
  resourceTypes: string[];
  secret: string | null;
  creator: Actor;
  /** Newest first. */
  failures: WebhookFailure[];
}

export interface WebhookFailure {
  id: string;
  executionId: string;
  createdAt: string;
  httpStatus: number | null;
  responseOrError: string;
  url: string;
}

/** A conversation with an app. */
export interface Session {
  id: string;
  /** `pending`, `active`, `awaitingInput`, `complete`, `error`, `stale` */
  status: string;
  app: Actor;
  /** Null where no person has begun it. */
  creator: Actor | null;
  issueId: string | null;
  /** Of the comment in which the app was called. */
  commentId: string | null;
  plan: unknown;
  externalUrls: { label: string; url: string }[];
  createdAt: string;
  updatedAt: string;
}

export interface Activity {
  id: string;
  sessionId: string;
  author: Actor;
  /** `type` and what goes with it. */
  content: Record<string, unknown>;
  signal: string | null;
  signalMetadata: unknown;
  ephemeral: boolean;
  createdAt: string;
  updatedAt: string;
}

/** What a webhook is sent. */
export type WebhookPayload = Record<string, unknown>;
