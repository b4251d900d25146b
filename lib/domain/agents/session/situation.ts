import type { ConfiguredComponent } from '../../dispatch/decision.ts';

/** What is to be answered in a session, and what is known of it. Its texts come from outside. */
export interface SessionSituation {
  /** What the session was begun with. */
  opening: {
    /** Null where it belongs to no issue. */
    issue: { identifier: string; previousIdentifiers: readonly string[]; title: string } | null;
    /** Empty where the app was called without. */
    comment: string;
  };
  /** What was said last; null when nothing was said since it was begun. */
  prompt: { body: string; isStop: boolean } | null;
  /** Analyses that the session has asked for, oldest first. */
  analyses: readonly SessionAnalysis[];
  /** Since when nothing is started, ISO 8601; null when it is not paused. */
  pausedSince: string | null;
}

export interface SessionAnalysis {
  repository: string;
  component: string;
  /** It has not ended. */
  isUnderWay: boolean;
}

/** What is done about it. */
export type SessionDecision =
  | { kind: 'stop' }
  /** `beside`: what goes on meanwhile. */
  | { kind: 'start'; component: ConfiguredComponent; beside: SessionAnalysis[] }
  /** What is asked for goes on already, or nothing else was named. */
  | { kind: 'busy'; analyses: SessionAnalysis[] }
  /** Nobody can tell which component is meant; several are where `named` is not empty. */
  | { kind: 'unclear'; named: string[]; known: string[] }
  | { kind: 'paused'; since: string }
  | { kind: 'nothing-configured' };
