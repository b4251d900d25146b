import { demandScope, type Caller } from './access.ts';
import { connectionOf, type ConnectionArguments } from './connections.ts';
import type { Activity, Session } from './entities.ts';
import { forbidden, invalidArgument, notFound } from './errors.ts';
import { commentView, issueView } from './issue-views.ts';
import { newIdOf } from './new-id.ts';
import { success, userView } from './views.ts';
import { commentPayload } from './webhook-payloads.ts';
import { isoTime, type LinearWorld } from './world.ts';

/** Conversations with apps. @see https://linear.app/developers/agent-interaction */

export function findSession(world: LinearWorld, id: string): Session {
  const session = world.sessions.find((known) => known.id === id);
  if (session === undefined) throw notFound('AgentSession');
  return session;
}

export function sessionQueries(world: LinearWorld) {
  return {
    agentSession: ({ id }: { id: string }) => sessionView(world, findSession(world, id)),
    agentSessions: (wanted: ConnectionArguments) =>
      connectionOf(
        world.sessions.map((session) => sessionView(world, session)),
        wanted,
      ),
  };
}

function sessionView(world: LinearWorld, session: Session) {
  const issue = world.issues.find(({ id }) => id === session.issueId);
  const comment = world.comments.find(({ id }) => id === session.commentId);
  return {
    id: session.id,
    status: session.status,
    createdAt: session.createdAt,
    updatedAt: session.updatedAt,
    plan: session.plan,
    externalUrls: session.externalUrls,
    appUser: () => userView(world, session.app),
    creator: () => session.creator && userView(world, session.creator),
    issue: () => (issue === undefined ? null : issueView(world, issue)),
    comment: () => (comment === undefined ? null : commentView(world, comment)),
    activities: (wanted: ConnectionArguments) =>
      connectionOf(
        activitiesOf(world, session).map((activity) => activityView(world, activity)),
        wanted,
      ),
  };
}

const contentTypes: Record<string, string> = {
  action: 'AgentActivityActionContent',
  elicitation: 'AgentActivityElicitationContent',
  error: 'AgentActivityErrorContent',
  prompt: 'AgentActivityPromptContent',
  response: 'AgentActivityResponseContent',
  thought: 'AgentActivityThoughtContent',
};

function activityView(world: LinearWorld, activity: Activity) {
  const { author, content, createdAt, ephemeral, id, signal, updatedAt } = activity;
  const type = String(content['type']);
  return {
    id,
    type,
    createdAt,
    updatedAt,
    signal,
    ephemeral,
    content: { __typename: contentTypes[type], ...content },
    user: () => userView(world, author),
  };
}

function activitiesOf(world: LinearWorld, { id }: Session): Activity[] {
  return world.activities.filter(({ sessionId }) => sessionId === id);
}

interface ActivityInput {
  id?: string | null;
  agentSessionId: string;
  content: Record<string, unknown>;
  signal?: string | null;
  signalMetadata?: unknown;
  ephemeral?: boolean | null;
}

interface SessionUpdateInput {
  plan?: unknown;
  externalUrls?: { label: string; url: string }[] | null;
}

export function sessionMutations(world: LinearWorld) {
  return {
    agentActivityCreate: ({ input }: { input: ActivityInput }, caller: Caller) => {
      const session = demandOwn(world, input.agentSessionId, caller);
      checkContent(input);
      const taken = world.activities.map(({ id }) => id);
      const id = newIdOf(world, { entity: 'AgentActivity', wanted: input.id, taken });
      const time = isoTime(world);
      const { content, ephemeral, signal, signalMetadata } = input;
      const activity: Activity = {
        id,
        sessionId: session.id,
        author: caller.actor,
        content,
        signal: signal ?? null,
        signalMetadata: signalMetadata ?? null,
        ephemeral: ephemeral ?? false,
        createdAt: time,
        updatedAt: time,
      };
      addActivity(world, session, activity);
      return { ...success, agentActivity: activityView(world, activity) };
    },
    agentSessionUpdate: (
      { id, input }: { id: string; input: SessionUpdateInput },
      caller: Caller,
    ) => {
      const session = demandOwn(world, id, caller);
      const { externalUrls, plan } = input;
      if (plan !== undefined) session.plan = demandPlan(plan);
      if (externalUrls) session.externalUrls = demandLinks(externalUrls);
      session.updatedAt = isoTime(world);
      return { ...success, agentSession: sessionView(world, session) };
    },
  };
}

/** Only the app that was called may write. */
function demandOwn(world: LinearWorld, id: string, caller: Caller): Session {
  demandScope(caller, 'write');
  const session = findSession(world, id);
  if (session.app.id !== caller.actor.id) throw forbidden('Only the app itself may do this');
  return session;
}

function checkContent({ content, ephemeral, signal }: ActivityInput): void {
  const type = String(content['type']);
  const isText = (name: string) => typeof content[name] === 'string' && content[name] !== '';
  const isWhole = type === 'action' ? isText('action') && isText('parameter') : isText('body');
  if (!(type in contentTypes) || type === 'prompt' || !isWhole) {
    throw invalidArgument('content is none that an agent can write');
  }
  if (ephemeral === true && type !== 'thought' && type !== 'action') {
    throw invalidArgument('only thoughts and actions can be ephemeral');
  }
  if (signal === 'select' && type !== 'elicitation') throw invalidArgument('nothing to select');
}

const stepStates = new Set(['pending', 'inProgress', 'completed', 'canceled']);

function isStep(step: unknown): boolean {
  return typeof Object(step).content === 'string' && stepStates.has(Object(step).status);
}

function demandPlan(plan: unknown): unknown {
  const steps: unknown[] = Array.isArray(plan) ? plan : [undefined];
  if (!steps.every(isStep)) throw invalidArgument('plan must be a list of steps');
  return plan;
}

function demandLinks(links: Session['externalUrls']): Session['externalUrls'] {
  if (links.every(({ url }) => url.startsWith('https:'))) return links;
  throw invalidArgument('externalUrls must be https');
}

const statusAfter: Record<string, string> = {
  elicitation: 'awaitingInput',
  error: 'error',
  response: 'complete',
};

/** What is ephemeral goes with the next activity. What ends a session becomes a comment as well. */
export function addActivity(world: LinearWorld, session: Session, activity: Activity): void {
  const type = String(activity.content['type']);
  world.activities = world.activities.filter(
    ({ ephemeral, sessionId }) => !ephemeral || sessionId !== session.id,
  );
  world.activities.push(activity);
  session.status = statusAfter[type] ?? 'active';
  session.updatedAt = activity.createdAt;
  if (type !== 'response' || session.issueId === null) return;
  const comment = {
    id: crypto.randomUUID(),
    issueId: session.issueId,
    body: String(activity.content['body']),
    author: activity.author,
    createdAt: activity.createdAt,
    updatedAt: activity.createdAt,
  };
  world.comments.push(comment);
  world.payloads.push(commentPayload(world, comment, { by: activity.author, action: 'create' }));
}

export interface SessionSnapshot {
  status: string;
  plan: unknown;
  links: string[];
  /** `type: text`, oldest first. */
  activities: string[];
}

/** What people see of it. @throws Error when there is none */
export function sessionSnapshot(world: LinearWorld, id: string): SessionSnapshot {
  const session = findSession(world, id);
  return {
    status: session.status,
    plan: session.plan,
    links: session.externalUrls.map(({ url }) => url),
    activities: activitiesOf(world, session).map(({ content }) => {
      const { type, ...words } = content;
      return `${String(type)}: ${Object.values(words).join(' ')}`;
    }),
  };
}
