import { z } from 'zod';
import type { SessionActivity, SessionNews } from '../../ports/agent-sessions.ts';
import type { TrackerCall } from '../../ports/issue-tracker.ts';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import { listOf } from './issue-shapes.ts';
import { answered, type LinearRequests, type Question } from './requests.ts';

interface ShownNews {
  session: string;
  news: SessionNews;
}

/** One document with a field for the session itself and one for what is said in it. */
export function sessionQuestion({ news, session }: ShownNews): Question<unknown> {
  const { activity, link, plan } = news;
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields: string[] = [];
  if (plan !== undefined || link !== undefined) {
    variables['session'] = session;
    variables['update'] = { plan, ...(link && { externalUrls: [link] }) };
    declared.push('$session: String!', '$update: AgentSessionUpdateInput!');
    fields.push('update: agentSessionUpdate(id: $session, input: $update) { success }');
  }
  if (activity !== undefined) {
    variables['activity'] = activityInput(session, activity);
    declared.push('$activity: AgentActivityCreateInput!');
    // Behind the update: one that was made before is refused, and whatever is behind it left out.
    fields.push('activity: agentActivityCreate(input: $activity) { success }');
  }
  const made = z.object({ success: z.literal(true) });
  return {
    document: `mutation ShowInSession(${declared.join(', ')}) {\n  ${fields.join('\n  ')}\n}`,
    variables,
    result: z.object({ update: made.optional(), activity: made.optional() }),
  };
}

/** @see https://linear.app/developers/agent-interaction */
function activityInput(session: string, { id, ...said }: SessionActivity): object {
  const input = { id, agentSessionId: session };
  switch (said.kind) {
    case 'action': {
      const { action, parameter } = said;
      return { ...input, content: { type: 'action', action, parameter } };
    }
    case 'elicitation': {
      const content = { type: 'elicitation', body: said.body };
      if (said.options.length === 0) return { ...input, content };
      return { ...input, content, signal: 'select', signalMetadata: { options: said.options } };
    }
    case 'thought': {
      const { body, isEphemeral = false } = said;
      return { ...input, content: { type: 'thought', body }, ephemeral: isEphemeral };
    }
    default:
      return { ...input, content: { type: said.kind, body: said.body } };
  }
}

/** @throws UpstreamError when what is said could not be shown; a plan or a link is worth no failure */
export async function showInSession(
  requests: LinearRequests,
  { news, session }: ShownNews,
  call: TrackerCall,
): Promise<void> {
  const { activity } = news;
  const reply = await requests.ask(sessionQuestion({ session, news }), call);
  if (reply.kind === 'answered') return;
  if (reply.field === 'update') {
    createLogger().warn('The plan of a session could not be shown', errorFields(reply.error));
    if (activity === undefined) return;
    return showInSession(requests, { session, news: { activity } }, call);
  }
  if (activity !== undefined && (await isMade(requests, { session, id: activity.id }, call)))
    return;
  throw reply.error;
}

export const activityDocument = `query SessionActivity($session: String!, $id: ID!) {
  agentSession(id: $session) {
    activities(first: 1, filter: { id: { eq: $id } }) { nodes { id } }
  }
}`;

const activitySchema = z.object({
  agentSession: z.object({ activities: listOf(z.object({ id: z.string() })) }),
});

/** An activity cannot be made twice under one id, and in which words Linear says so is nowhere told. */
async function isMade(
  requests: LinearRequests,
  { id, session }: { id: string; session: string },
  call: TrackerCall,
): Promise<boolean> {
  const variables = { session, id };
  const question = { document: activityDocument, variables, result: activitySchema };
  const { activities } = answered(await requests.ask(question, call)).agentSession;
  return activities.nodes.some((activity) => activity.id === id);
}
