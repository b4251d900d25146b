import { randomUUID } from 'node:crypto';
import type {
  Activity,
  Actor,
  Attachment,
  Comment,
  Issue,
  Label,
  Session,
  State,
  Team,
  Webhook,
  WebhookPayload,
} from './entities.ts';

/** All that the server remembers. */
export interface LinearWorld {
  now: () => number;
  /** What an actor does within that time after the last entry of a history was begun goes into that entry. */
  groupHistoryMs: number;
  appsActAs: 'oauthClient' | 'user';
  organization: { id: string; name: string; urlKey: string };
  actors: Actor[];
  teams: Team[];
  labels: Label[];
  issues: Issue[];
  comments: Comment[];
  attachments: Attachment[];
  webhooks: Webhook[];
  sessions: Session[];
  activities: Activity[];
  /** Ids of comments and issues that were to be made a second time. */
  duplicates: string[];
  /** What the service would send to webhooks, of all changes, in order. */
  payloads: WebhookPayload[];
}

export interface LinearSeed {
  now: () => number;
  /** Default: 0, each change has an entry of its own. */
  groupHistoryMs: number;
  /** What webhooks say of an app: an app has a user of its own. Default: `oauthClient`. */
  appsActAs: 'oauthClient' | 'user';
  teams: Team[];
  labels: Label[];
  /** Titles of issues of the first team: `ENG-1`, `ENG-2` and so on. */
  issues: string[];
}

export const actors = {
  ada: { id: randomUUID(), kind: 'person', name: 'Ada Lovelace', admin: true },
  bob: { id: randomUUID(), kind: 'person', name: 'Bob Stone', admin: false },
  guest: { id: randomUUID(), kind: 'guest', name: 'Gil Guest', admin: false },
  app: { id: randomUUID(), kind: 'app', name: 'cicd', admin: true },
  otherApp: { id: randomUUID(), kind: 'app', name: 'Scribe', admin: false },
  integration: { id: randomUUID(), kind: 'integration', name: 'GitHub', admin: false },
  external: { id: randomUUID(), kind: 'external', name: 'Eve Elsewhere', admin: false },
} as const satisfies Record<string, Actor>;

export type ActorName = keyof typeof actors;

const usualStates = [
  { name: 'Backlog', type: 'backlog' },
  { name: 'Todo', type: 'unstarted' },
  { name: 'In Progress', type: 'started' },
  { name: 'In Review', type: 'started' },
  { name: 'Done', type: 'completed' },
  { name: 'Canceled', type: 'canceled' },
];

/** With the states that a new team has. */
export function createTeam(key: string, name: string): Team {
  const states = usualStates.map(({ name: state, type }) => ({
    id: randomUUID(),
    name: state,
    type,
  }));
  return { id: randomUUID(), key, name, states };
}

/** A workspace with one team, `ENG`, whose label `component-analysis` no issue has yet. */
export function createWorld(seed: Partial<LinearSeed> = {}): LinearWorld {
  const teams = seed.teams ?? [createTeam('ENG', 'Engineering')];
  const label = (name: string): Label => ({
    id: randomUUID(),
    name,
    teamId: teams[0]?.id ?? null,
  });
  const world: LinearWorld = {
    now: seed.now ?? Date.now,
    groupHistoryMs: seed.groupHistoryMs ?? 0,
    appsActAs: seed.appsActAs ?? 'oauthClient',
    organization: { id: randomUUID(), name: 'Acme', urlKey: 'acme' },
    actors: Object.values(actors),
    teams,
    labels: seed.labels ?? [label('component-analysis'), label('analysed')],
    issues: [],
    comments: [],
    attachments: [],
    webhooks: [],
    sessions: [],
    activities: [],
    duplicates: [],
    payloads: [],
  };
  for (const title of seed.issues ?? ['Analyse orders']) addIssue(world, { title });
  return world;
}

export interface NewIssue {
  id?: string;
  title: string;
  description?: string | null;
  teamId?: string;
  stateId?: string;
  labelIds?: string[];
  parentId?: string | null;
  assigneeId?: string | null;
  delegateId?: string | null;
  creator?: Actor;
}

/** Without history: being made is no change. */
export function addIssue(world: LinearWorld, wanted: NewIssue): Issue {
  const team = world.teams.find(({ id }) => id === wanted.teamId) ?? world.teams[0];
  const state = team?.states.find(({ type }) => type === 'unstarted') ?? team?.states[0];
  if (team === undefined || state === undefined) throw new Error('An issue needs a team');
  const time = isoTime(world);
  const issue: Issue = {
    id: wanted.id ?? randomUUID(),
    number: world.issues.filter(({ teamId }) => teamId === team.id).length + 1,
    teamId: team.id,
    previousIdentifiers: [],
    title: wanted.title,
    description: wanted.description ?? null,
    stateId: wanted.stateId ?? state.id,
    labelIds: wanted.labelIds ?? [],
    assigneeId: wanted.assigneeId ?? null,
    delegateId: wanted.delegateId ?? null,
    parentId: wanted.parentId ?? null,
    creator: wanted.creator ?? actors.ada,
    createdAt: time,
    updatedAt: time,
    startedAt: null,
    completedAt: null,
    canceledAt: null,
    archivedAt: null,
    trashed: false,
    history: [],
  };
  world.issues.push(issue);
  return issue;
}

export function isoTime(world: LinearWorld): string {
  return new Date(world.now()).toISOString();
}

export function teamOf(world: LinearWorld, issue: { teamId: string }): Team {
  const team = world.teams.find(({ id }) => id === issue.teamId);
  if (team === undefined) throw new Error('An issue belongs to no team');
  return team;
}

export function stateOf(world: LinearWorld, issue: Issue): State {
  const state = teamOf(world, issue).states.find(({ id }) => id === issue.stateId);
  if (state === undefined) throw new Error('An issue is in no state');
  return state;
}

/** `ENG-7` */
export function identifierOf(world: LinearWorld, issue: Issue): string {
  return `${teamOf(world, issue).key}-${issue.number}`;
}

export function urlOf(world: LinearWorld, issue: Issue): string {
  return `https://linear.app/${world.organization.urlKey}/issue/${identifierOf(world, issue)}`;
}

/** By id or by identifier, as Linear takes both. */
export function findIssue(world: LinearWorld, idOrIdentifier: string): Issue | undefined {
  return world.issues.find(
    (issue) =>
      issue.id === idOrIdentifier ||
      identifierOf(world, issue) === idOrIdentifier ||
      issue.previousIdentifiers.includes(idOrIdentifier),
  );
}
