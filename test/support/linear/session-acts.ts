import { randomUUID } from 'node:crypto';
import type { WebhookPayload } from './entities.ts';
import { demandIssue } from './people.ts';
import { addActivity, findSession } from './sessions.ts';
import { sessionPayload } from './webhook-payloads.ts';
import { actors, isoTime, type ActorName, type LinearWorld } from './world.ts';

interface NewSession {
  /** Identifier. Default: it belongs to no issue. */
  issue?: string;
  /** What the comment says in which the app is called. Default: called without. */
  comment?: string;
  /** Null: an automation. Default: `ada`. */
  by?: ActorName | null;
  /** Which app is called. Default: ours. */
  app?: ActorName;
}

interface Prompt {
  /** Default: `ada`. */
  by?: ActorName;
  signal?: 'stop';
}

/** What people do in conversations with apps. Each tells what the app's webhook gets of it. */
export interface SessionActs {
  callApp(session: NewSession): { id: string; payload: WebhookPayload };
  say(session: string, body: string, prompt?: Prompt): { id: string; payload: WebhookPayload };
}

export function sessionActs(world: LinearWorld): SessionActs {
  return {
    callApp({ app = 'app', by = 'ada', comment, issue }) {
      const time = isoTime(world);
      const issueId = issue === undefined ? null : demandIssue(world, issue).id;
      const commentId = comment === undefined ? null : addComment(world, issueId ?? '', comment);
      const session = {
        id: randomUUID(),
        status: 'pending',
        app: actors[app],
        creator: by === null ? null : actors[by],
        issueId,
        commentId,
        plan: null,
        externalUrls: [],
        createdAt: time,
        updatedAt: time,
      };
      world.sessions.push(session);
      return { id: session.id, payload: sessionPayload(world, session) };
    },

    say(id, body, { by = 'ada', signal } = {}) {
      const session = findSession(world, id);
      const time = isoTime(world);
      const activity = {
        id: randomUUID(),
        sessionId: id,
        author: actors[by],
        content: { type: 'prompt', body },
        signal: signal ?? null,
        signalMetadata: null,
        ephemeral: false,
        createdAt: time,
        updatedAt: time,
      };
      addActivity(world, session, activity);
      return { id: activity.id, payload: sessionPayload(world, session, activity) };
    },
  };
}

function addComment(world: LinearWorld, issueId: string, body: string): string {
  const time = isoTime(world);
  const comment = { id: randomUUID(), issueId, body, author: actors.ada };
  world.comments.push({ ...comment, createdAt: time, updatedAt: time });
  return comment.id;
}
