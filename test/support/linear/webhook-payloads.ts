import type { Activity, Actor, Comment, Issue, Session, WebhookPayload } from './entities.ts';
import { identifierOf, stateOf, teamOf, urlOf, type LinearWorld } from './world.ts';

/**
 * What Linear tells webhooks of an issue.
 * @param before the issue before an update; absent: it was made
 */
export function issuePayload(
  world: LinearWorld,
  issue: Issue,
  { by, before }: { by: Actor; before?: Issue },
): WebhookPayload {
  return {
    ...envelope(world, 'Issue', by),
    action: before === undefined ? 'create' : 'update',
    createdAt: issue.updatedAt,
    data: issueData(world, issue),
    url: urlOf(world, issue),
    ...(before !== undefined && { updatedFrom: changedFrom(before, issue) }),
  };
}

export function commentPayload(
  world: LinearWorld,
  comment: Comment,
  { by, action }: { by: Actor; action: 'create' | 'update' | 'remove' },
): WebhookPayload {
  const { author: _, ...data } = comment;
  return {
    ...envelope(world, 'Comment', by),
    action,
    createdAt: comment.updatedAt,
    data: { ...data, userId: comment.author.id },
    url: `https://linear.app/${world.organization.urlKey}/comment/${comment.id}`,
  };
}

/** What Linear tells an app of a conversation with it. @param said absent: it was begun */
export function sessionPayload(
  world: LinearWorld,
  session: Session,
  said?: Activity,
): WebhookPayload {
  const { app, commentId, creator, issueId, ...fields } = session;
  const issue = world.issues.find(({ id }) => id === issueId);
  const comment = world.comments.find(({ id }) => id === commentId);
  return {
    type: 'AgentSessionEvent',
    action: said === undefined ? 'created' : 'prompted',
    createdAt: session.updatedAt,
    appUserId: app.id,
    oauthClientId: 'client-of-no-worth',
    organizationId: world.organization.id,
    webhookId: '00000000-0000-4000-8000-000000000001',
    agentSession: {
      ...fields,
      type: 'commentThread',
      appUserId: app.id,
      commentId,
      issueId,
      creatorId: creator?.id ?? null,
      creator: creator && personOf(world, creator),
      ...(comment && { comment: { id: comment.id, body: comment.body } }),
      ...(issue && { issue: childOf(world, issue) }),
    },
    ...(said && { agentActivity: activityData(world, said) }),
  };
}

function activityData(world: LinearWorld, said: Activity): Record<string, unknown> {
  const { author, ephemeral: _, sessionId, ...fields } = said;
  return { ...fields, agentSessionId: sessionId, userId: author.id, user: personOf(world, author) };
}

function personOf(world: LinearWorld, { id, name }: Actor): Record<string, unknown> {
  const url = `https://linear.app/${world.organization.urlKey}/profiles/${id}`;
  return { id, name, email: `${id}@example.com`, url };
}

function childOf(world: LinearWorld, issue: Issue): Record<string, unknown> {
  const { description, id, title } = issue;
  const team = teamOf(world, issue);
  return {
    id,
    identifier: identifierOf(world, issue),
    title,
    description,
    url: urlOf(world, issue),
    teamId: team.id,
    team: { id: team.id, key: team.key, name: team.name },
  };
}

function envelope(world: LinearWorld, type: string, by: Actor): WebhookPayload {
  const webhook = world.webhooks.find(({ resourceTypes }) => resourceTypes.includes(type));
  return {
    type,
    actor: actorOf(world, by),
    organizationId: world.organization.id,
    webhookId: webhook?.id ?? '00000000-0000-4000-8000-000000000000',
  };
}

function actorOf(world: LinearWorld, { id, kind, name }: Actor): Record<string, unknown> {
  const email = `${id}@example.com`;
  if (kind === 'app' && world.appsActAs === 'oauthClient') return { id, type: 'oauthClient', name };
  if (kind === 'integration') return { id, type: 'integration', service: name.toLowerCase() };
  if (kind === 'external') return { id, type: 'externalUser', name, email };
  const url = `https://linear.app/${world.organization.urlKey}/profiles/${id}`;
  return { id, type: 'user', name, email, url };
}

function issueData(world: LinearWorld, issue: Issue): Record<string, unknown> {
  const { creator, history: _, trashed, ...fields } = issue;
  const team = teamOf(world, issue);
  return {
    ...fields,
    ...(trashed && { trashed }),
    identifier: identifierOf(world, issue),
    url: urlOf(world, issue),
    creatorId: creator.id,
    state: stateOf(world, issue),
    team: { id: team.id, key: team.key, name: team.name },
    labels: world.labels
      .filter(({ id }) => issue.labelIds.includes(id))
      .map(({ id, name }) => ({ id, name, color: '#5e6ad2' })),
  };
}

/** The fields that changed, with their values from before. */
function changedFrom(before: Issue, after: Issue): Record<string, unknown> {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(
      ([name, value]) =>
        name !== 'history' && JSON.stringify(value) !== JSON.stringify(now.get(name)),
    ),
  );
}
