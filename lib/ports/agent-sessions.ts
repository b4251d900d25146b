import type { PlanStep } from '../domain/agents/session/plan.ts';
import type { TrackerCall } from './issue-tracker.ts';

/**
 * Conversations in which people of the workspace have called our app: by delegating an issue to it, or by a
 * mention. Linear here. Only the app itself may write into them. Methods throw UpstreamError like those of the
 * issue tracker.
 */
export interface AgentSessions {
  /** Whether the credentials of the app are set. Asks nobody. */
  isConfigured(): Promise<boolean>;
  /**
   * The session as it is now; undefined when there is none (any more) that the app may see.
   * @param activity one that has to be among the prompts, where Linear knows it; null for none
   */
  get(
    session: { id: string; activity: string | null },
    call: TrackerCall,
  ): Promise<AgentSession | undefined>;
  /**
   * Those of our app in which something happened since then, the latest first.
   * @param since ISO 8601 UTC
   */
  listChanged(since: string): Promise<AgentSession[]>;
  /** Shows all of it in one request. Shown once more, it changes nothing further. */
  show(session: string, news: SessionNews, call: TrackerCall): Promise<void>;
}

/** What Linear calls the state of a session; a word that we do not know is `unknown`. */
export type AgentSessionStatus =
  | 'pending'
  | 'active'
  | 'awaitingInput'
  | 'stopping'
  | 'complete'
  | 'error'
  | 'stale'
  | 'unknown';

/** Texts in it come from outside, and are cut. */
export interface AgentSession {
  id: string;
  status: AgentSessionStatus;
  /** It was our app that was called. */
  isOurs: boolean;
  /** A person has called it; false where an automation or another agent has. */
  isByPerson: boolean;
  /** ISO 8601 UTC */
  createdAt: string;
  /** Null where it belongs to none. */
  issue: SessionIssue | null;
  /** What the comment says in which it was called; empty where it was called without. */
  comment: string;
  /** What people have written since, oldest first: the last of it. */
  prompts: SessionPrompt[];
}

export interface SessionIssue {
  id: string;
  /** `ENG-7` */
  identifier: string;
  /** Those from before it was moved to another team. */
  previousIdentifiers: string[];
  title: string;
}

export interface SessionPrompt {
  /** Of the activity. */
  id: string;
  body: string;
  /** It asks to stop. */
  isStop: boolean;
  /** A person has written it; false for an app. */
  isByPerson: boolean;
  /** ISO 8601 UTC */
  createdAt: string;
}

export interface SessionNews {
  activity?: SessionActivity;
  /** Takes the place of the one before. */
  plan?: readonly PlanStep[];
  /** To be found beside the session. Takes the place of the one before. */
  link?: { label: string; url: string };
}

/** The id is a UUID of version 4, chosen by us: what was made already is not made again. Texts are Markdown. */
export type SessionActivity = { id: string } & (
  | {
      /** `response`: the work is done; `error`: it cannot be done. */
      kind: 'response' | 'error';
      body: string;
    }
  /** `isEphemeral`: gone once there is another activity. Default: it stays. */
  | { kind: 'thought'; body: string; isEphemeral?: boolean }
  | { kind: 'action'; action: string; parameter: string }
  /** The work goes on once somebody answers. `options`: what may be answered; none: anything. */
  | { kind: 'elicitation'; body: string; options: readonly SessionOption[] }
);

export interface SessionOption {
  label: string;
  /** What is answered for it. */
  value: string;
}
