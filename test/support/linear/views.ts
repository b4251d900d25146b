import { connectionOf, type ConnectionArguments } from './connections.ts';
import type { Actor, Label, Team, Webhook } from './entities.ts';
import type { LinearWorld } from './world.ts';

/**
 * Entities as queries see them: a field of other entities is a function of the field's arguments. Fields
 * that no view has are filled by `resolve-field.ts`.
 */

export function userView(world: LinearWorld, actor: Actor) {
  return {
    id: actor.id,
    name: actor.name,
    displayName: actor.name.toLowerCase().replace(' ', '.'),
    email: `${actor.id}@example.com`,
    url: `https://linear.app/${world.organization.urlKey}/profiles/${actor.id}`,
    active: true,
    admin: actor.admin,
    owner: false,
    app: actor.kind === 'app',
    guest: actor.kind === 'guest',
    organization: () => organizationView(world),
  };
}

export type UserView = ReturnType<typeof userView>;

/** People and apps are users; what integrations do and external users bring is told elsewhere. */
export function userOf(world: LinearWorld, actor: Actor): UserView | null {
  return ['person', 'guest', 'app'].includes(actor.kind) ? userView(world, actor) : null;
}

/** An external user acts through an integration. */
export function botOf(actor: Actor) {
  if (actor.kind !== 'integration' && actor.kind !== 'external') return null;
  return {
    id: actor.id,
    type: 'slack',
    subType: null,
    name: actor.kind === 'integration' ? actor.name : 'Slack',
    userDisplayName: actor.kind === 'external' ? actor.name : null,
    avatarUrl: null,
  };
}

export function organizationView(world: LinearWorld) {
  return { ...world.organization, teams: (wanted: ConnectionArguments) => teams(world, wanted) };
}

export function teams(world: LinearWorld, wanted: ConnectionArguments) {
  return connectionOf(
    world.teams.map((team) => teamView(world, team)),
    wanted,
  );
}

export function teamView(world: LinearWorld, team: Team) {
  return {
    id: team.id,
    key: team.key,
    name: team.name,
    displayName: team.name,
    states: (wanted: ConnectionArguments) => connectionOf(team.states, wanted),
    /** Those of the workspace are not among it. */
    labels: (wanted: ConnectionArguments) =>
      labels(
        world,
        world.labels.filter(({ teamId }) => teamId === team.id),
        wanted,
      ),
  };
}

export function labels(world: LinearWorld, among: readonly Label[], wanted: ConnectionArguments) {
  return connectionOf(
    among.map((label) => labelView(world, label)),
    wanted,
  );
}

export function labelView(world: LinearWorld, label: Label) {
  const team = world.teams.find(({ id }) => id === label.teamId);
  return {
    id: label.id,
    name: label.name,
    color: '#5e6ad2',
    isGroup: false,
    team: () => (team === undefined ? null : teamView(world, team)),
  };
}

export function webhookView(world: LinearWorld, webhook: Webhook) {
  return {
    ...webhook,
    creator: () => userOf(world, webhook.creator),
    failures: () => webhook.failures,
  };
}

/** What a mutation tells beside the entity that it made or changed. */
export const success = { success: true, lastSyncId: 1 };
