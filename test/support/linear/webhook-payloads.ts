import type { Actor, Comment, Issue, WebhookPayload } from './entities.ts';
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
