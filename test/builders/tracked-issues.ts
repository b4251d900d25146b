import { nothingDone, type IssueMemory } from '../../lib/domain/answers/issue-memory.ts';
import type { IssueChange, IssueDetails, WorkflowState } from '../../lib/ports/issue-tracker.ts';

export const states = {
  todo: { id: 'state-todo', name: 'Todo', type: 'unstarted' },
  running: { id: 'state-running', name: 'In Progress', type: 'started' },
  review: { id: 'state-review', name: 'In Review', type: 'started' },
  done: { id: 'state-done', name: 'Done', type: 'completed' },
} as const satisfies Record<string, WorkflowState>;

/** An open issue in Todo that shows nothing of us; its team has all states and a label `analysed`. */
export function buildTrackedIssue(overrides: Partial<IssueDetails> = {}): IssueDetails {
  return {
    id: 'issue-1',
    identifier: 'ENG-7',
    title: 'Analyse orders',
    url: 'https://linear.app/acme/issue/ENG-7',
    updatedAt: '2026-11-22T10:00:00.000Z',
    closed: false,
    state: states.todo,
    teamId: 'team-1',
    labels: [{ id: 'label-asks', name: 'component-analysis' }],
    comments: [],
    attachments: [],
    states: Object.values(states),
    availableLabels: [{ id: 'label-done', name: 'analysed' }],
    ...overrides,
  };
}

/** The issue once the changes are made. */
export function changedIssue(issue: IssueDetails, changes: readonly IssueChange[]): IssueDetails {
  return changes.reduce(changedBy, issue);
}

function changedBy(issue: IssueDetails, change: IssueChange): IssueDetails {
  switch (change.kind) {
    case 'create-comment':
      return { ...issue, comments: [...issue.comments, change] };
    case 'update-comment': {
      const comments = issue.comments.map((one) => (one.id === change.id ? change : one));
      return { ...issue, comments };
    }
    case 'attach':
      return { ...issue, attachments: [change] };
    case 'add-label': {
      const added = issue.availableLabels.filter(({ id }) => id === change.labelId);
      return { ...issue, labels: [...issue.labels, ...added] };
    }
    default: {
      const state = issue.states.find(({ id }) => id === change.stateId);
      return { ...issue, state: state ?? issue.state };
    }
  }
}

export function buildMemory(overrides: Partial<IssueMemory> = {}): IssueMemory {
  return { ...nothingDone, ...overrides };
}
