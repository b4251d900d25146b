import { demandScope, type Caller } from './access.ts';
import { connectionOf, type ConnectionArguments } from './connections.ts';
import { notFound } from './errors.ts';
import { attachmentView, commentView, issues, issueView } from './issue-views.ts';
import type { BucketState, RateLimiter } from './rate-limit.ts';
import {
  labels,
  organizationView,
  teams,
  teamView,
  userOf,
  userView,
  webhookView,
} from './views.ts';
import { sessionQueries } from './sessions.ts';
import { findIssue, type LinearWorld } from './world.ts';

type ById = { id: string };

/** The fields of `Query` that the server serves. */
export function queriesOf(world: LinearWorld, limiter: RateLimiter) {
  return {
    viewer: (_: unknown, { actor }: Caller) => userView(world, actor),
    organization: () => organizationView(world),
    teams: (wanted: ConnectionArguments) => teams(world, wanted),
    team: ({ id }: ById) => {
      const team = world.teams.find((known) => known.id === id || known.key === id);
      if (team === undefined) throw notFound('Team');
      return teamView(world, team);
    },
    users: (wanted: ConnectionArguments) =>
      connectionOf(
        world.actors.flatMap((actor) => userOf(world, actor) ?? []),
        wanted,
      ),
    workflowState: ({ id }: ById) => {
      const state = statesOf(world).find((known) => known.id === id);
      if (state === undefined) throw notFound('WorkflowState');
      return state;
    },
    workflowStates: (wanted: ConnectionArguments) => connectionOf(statesOf(world), wanted),
    issueLabels: (wanted: ConnectionArguments) => labels(world, world.labels, wanted),
    ...issueQueries(world),
    ...webhookQueries(world),
    ...sessionQueries(world),
    rateLimitStatus: (_: unknown, caller: Caller) => rateLimitStatus(limiter, caller),
  };
}

function statesOf(world: LinearWorld) {
  return world.teams.flatMap((team) =>
    team.states.map((state) => Object.assign({ team: () => teamView(world, team) }, state)),
  );
}

function issueQueries(world: LinearWorld) {
  return {
    issue: ({ id }: ById) => {
      const issue = findIssue(world, id);
      if (issue === undefined) throw notFound('Issue');
      return issueView(world, issue);
    },
    issues: (wanted: ConnectionArguments & { includeArchived?: boolean | null }) =>
      issues(world, world.issues, wanted),
    comment: ({ id }: ById) => {
      const comment = world.comments.find((known) => known.id === id);
      if (comment === undefined) throw notFound('Comment');
      return commentView(world, comment);
    },
    comments: (wanted: ConnectionArguments) =>
      connectionOf(
        world.comments.map((comment) => commentView(world, comment)),
        wanted,
      ),
    attachments: (wanted: ConnectionArguments) =>
      connectionOf(
        world.attachments.map((attachment) => attachmentView(world, attachment)),
        wanted,
      ),
    attachmentsForURL: ({ url, ...wanted }: ConnectionArguments & { url: string }) =>
      connectionOf(
        world.attachments
          .filter((attachment) => attachment.url === url)
          .map((attachment) => attachmentView(world, attachment)),
        wanted,
      ),
  };
}

/** Only administrators, and apps with the scope, see webhooks. */
function webhookQueries(world: LinearWorld) {
  return {
    webhooks: (wanted: ConnectionArguments, caller: Caller) => {
      demandScope(caller, 'admin');
      return connectionOf(
        world.webhooks.map((webhook) => webhookView(world, webhook)),
        wanted,
      );
    },
    webhook: ({ id }: ById, caller: Caller) => {
      demandScope(caller, 'admin');
      const webhook = world.webhooks.find((known) => known.id === id);
      if (webhook === undefined) throw notFound('Webhook');
      return webhookView(world, webhook);
    },
  };
}

function rateLimitStatus(limiter: RateLimiter, { actor, by }: Caller) {
  return {
    identifier: actor.id,
    kind: by === 'key' ? 'apiKey' : 'oauthApp',
    limits: [
      limitView('requests', limiter.requests()),
      limitView('complexity', limiter.complexity()),
    ],
  };
}

function limitView(type: string, { limit, remaining, reset }: BucketState) {
  return {
    type,
    requestedAmount: 1,
    allowedAmount: limit,
    remainingAmount: remaining,
    period: 3_600_000,
    reset,
  };
}
