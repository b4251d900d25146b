import { createHash } from 'node:crypto';
import type { ConfiguredComponent, DispatchContext } from '../../lib/domain/dispatch/decision.ts';
import type {
  AgentSessionChange,
  BusEvent,
  LinearIssueChange,
  PushedCommits,
} from '../../lib/domain/event.ts';

/** A comment on a pull request. */
export function buildEvent(overrides: Partial<BusEvent> = {}): BusEvent {
  return {
    source: 'github',
    type: 'issue_comment.created',
    deliveryId: '0f6b3a52-7f7e-11f0-8de9-0242ac120002',
    receivedAt: '2026-11-22T10:00:00.000Z',
    repository: { name: 'acme/shop', defaultBranch: 'main' },
    sender: { login: 'ada', type: 'User' },
    authorAssociation: null,
    subject: {},
    url: null,
    push: null,
    linearIssue: null,
    agentSession: null,
    ...overrides,
  };
}

export const pushedCommit = 'a'.repeat(40);

/** A push to the default branch of `acme/shop` that changes a file below `orders`. */
export function buildPush(
  push: Partial<PushedCommits> = {},
  overrides: Partial<BusEvent> = {},
): BusEvent {
  return buildEvent({
    type: 'push',
    push: {
      ref: 'refs/heads/main',
      before: null,
      after: pushedCommit,
      round: 1,
      deleted: false,
      changedPaths: ['orders/total.py'],
      ...push,
    },
    ...overrides,
  });
}

export const analysisLabel = { id: 'label-1', name: 'component-analysis' };

/** A person has created an open issue with the label, about `orders`. */
export function buildIssueEvent(
  issue: Partial<LinearIssueChange> = {},
  overrides: Partial<BusEvent> = {},
): BusEvent {
  return buildEvent({
    source: 'linear',
    type: 'Issue.create',
    repository: null,
    sender: { login: 'Ada', type: 'user' },
    linearIssue: {
      id: '5f0c9a1e-0000-4000-8000-000000000001',
      identifier: 'ENG-7',
      previousIdentifiers: [],
      title: 'Analyse orders',
      labels: [analysisLabel],
      assigned: false,
      closed: false,
      updatedAt: '2026-11-22T09:59:58.000Z',
      changes: null,
      ...issue,
    },
    ...overrides,
  });
}

/** A person has changed these fields of an issue that had the label before. */
export function buildIssueUpdate(
  fields: string[],
  issue: Partial<Omit<LinearIssueChange, 'changes'>> & { previousTitle?: string } = {},
): BusEvent {
  const { previousTitle = null, ...change } = issue;
  return buildIssueEvent(
    { ...change, changes: { fields, previousTitle, previousLabelIds: null } },
    { type: 'Issue.update' },
  );
}

/** A person has called the app in ENG-7, without a word. */
export function buildSessionEvent(
  session: Partial<AgentSessionChange> = {},
  overrides: Partial<BusEvent> = {},
): BusEvent {
  return buildEvent({
    source: 'linear',
    type: 'AgentSessionEvent.created',
    repository: null,
    sender: { login: 'Ada', type: 'user' },
    agentSession: {
      id: 'session-1',
      issue: { id: 'issue-1', identifier: 'ENG-7', title: 'Slow' },
      comment: null,
      activity: null,
      ...session,
    },
    ...overrides,
  });
}

/** `orders` of `acme/shop`, awaited on push; the folder of the component has its name. */
export function buildComponent(
  component = 'orders',
  overrides: Partial<ConfiguredComponent> = {},
): ConfiguredComponent {
  return {
    repository: 'acme/shop',
    component,
    paths: [`${component}/**`],
    source: { kind: 'folder', path: '/src/shop' },
    onPush: true,
    ...overrides,
  };
}

/** An installation with the components `orders` and `web` of `acme/shop`. */
export function buildDispatchContext(overrides: Partial<DispatchContext> = {}): DispatchContext {
  return {
    stack: 'test',
    analysisLabel: 'component-analysis',
    components: [buildComponent('orders'), buildComponent('web')],
    componentOfIssue: {},
    covers: ({ component }, path) => path.startsWith(`${component}/`),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    ...overrides,
  };
}
