import { z } from 'zod';
import type { AgentSession, AgentSessions } from '../../ports/agent-sessions.ts';
import type { TrackerCall } from '../../ports/issue-tracker.ts';
import type { Credentials } from './credentials.ts';
import { pageOf } from './issue-shapes.ts';
import { answered, type Asking, type LinearRequests, type Question } from './requests.ts';
import { agentSessionOf, askedField, sessionFields, sessionSchema } from './session-shapes.ts';
import { showInSession } from './show-in-session.ts';

export const sessionDocuments = {
  session: `query AgentSession($id: String!, $activity: ID, $withActivity: Boolean!) {
  viewer { id }
  agentSession(id: $id) {${sessionFields}
    ${askedField}
  }
}`,
  changed: `query ChangedAgentSessions($after: String) {
  viewer { id }
  agentSessions(first: 40, after: $after, orderBy: updatedAt) {
    nodes {${sessionFields}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

const viewerSchema = z.object({ id: z.string() });
const oneSchema = z.object({ viewer: viewerSchema, agentSession: sessionSchema });
const changedSchema = z.object({ viewer: viewerSchema, agentSessions: pageOf(sessionSchema) });
type ChangedSessions = z.infer<typeof changedSchema>;

/** In pages of 40: far more than an app is called in the week that is looked back at most. */
const maxPages = 25;

/** Sessions are the app's: with a person's key nothing can be done about them. */
export function createAgentSessions(
  requests: LinearRequests,
  credentials: Pick<Credentials, 'isAppConfigured'>,
): AgentSessions {
  return {
    isConfigured: () => credentials.isAppConfigured(),
    get: (session, call) => readSession(requests, session, call),
    listChanged: (since) => readChanged(requests, Date.parse(since)),
    show: (session, news, call) => showInSession(requests, { session, news }, call),
  };
}

async function readSession(
  requests: LinearRequests,
  { activity, id }: { id: string; activity: string | null },
  call: TrackerCall,
): Promise<AgentSession | undefined> {
  const variables = { id, activity, withActivity: activity !== null };
  const question = { document: sessionDocuments.session, variables, result: oneSchema };
  const reply = await requests.ask(question, call);
  if (reply.kind === 'refused' && reply.field === 'agentSession') return undefined;
  const { agentSession, viewer } = answered(reply);
  return agentSessionOf(agentSession, viewer.id);
}

/** Linear lists the sessions of other apps as well. */
async function readChanged(requests: LinearRequests, since: number): Promise<AgentSession[]> {
  const asking: Asking = { urgency: 'upkeep' };
  const found: AgentSession[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const question: Question<ChangedSessions> = {
      document: sessionDocuments.changed,
      variables: { after },
      result: changedSchema,
    };
    const { agentSessions, viewer } = answered(await requests.ask(question, asking));
    const { nodes, pageInfo } = agentSessions;
    const recent = nodes.filter(({ updatedAt }) => Date.parse(updatedAt) > since);
    const sessions = recent.map((session) => agentSessionOf(session, viewer.id));
    found.push(...sessions.filter(({ isOurs }) => isOurs));
    if (!pageInfo.hasNextPage || recent.length < nodes.length) break;
    after = pageInfo.endCursor;
  }
  return found;
}
