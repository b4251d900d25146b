import type { ComponentResult } from '../../lib/domain/tracking/component-result.ts';
import type { ComponentIssue } from '../../lib/domain/tracking/tracking-rows.ts';
import type {
  IssueChange,
  IssueDetails,
  IssueTracker,
  TrackedIssue,
  WantedDetails,
} from '../../lib/ports/issue-tracker.ts';

/** `orders` of `acme/shop` was analysed for the first time. */
export function componentResult(overrides: Partial<ComponentResult> = {}): ComponentResult {
  return {
    repository: 'acme/shop',
    component: 'orders',
    source: { kind: 'folder', path: '/src/shop' },
    state: 'succeeded',
    runId: 'run-1',
    endedAt: '2026-03-01T10:00:00.000Z',
    findings: {
      open: { critical: 0, high: 2, medium: 5, low: 0, info: 9 },
      new: null,
      fixed: null,
    },
    issue: null,
    ...overrides,
  };
}

/** An open sub-issue about `orders`. */
export function componentIssue(overrides: Partial<ComponentIssue> = {}): ComponentIssue {
  const { identifier = 'ENG-7' } = overrides;
  return {
    identifier,
    title: 'Component analysis: orders',
    url: `https://linear.app/acme/issue/${identifier}`,
    closed: false,
    state: { name: 'Todo' },
    ...overrides,
  };
}

/** A tracker with one issue, `ENG-1`, and its sub-issues. It counts what it is asked for. */
export class TrackerWithOneIssue {
  readonly comments = new Map<string, string>();
  children: TrackedIssue[] = [];
  isThere = true;
  reads = 0;
  writes = 0;
  /** Called before each change: it may throw, or do something meanwhile. */
  beforeChange: () => void | Promise<void> = () => {};
  /** Called before each answer about the issue. */
  beforeRead: () => void | Promise<void> = () => {};

  readonly port: Pick<IssueTracker, 'change' | 'getIssueWithChildren' | 'isConfigured'> = {
    isConfigured: async () => true,
    getIssueWithChildren: async (_issue, wanted) => {
      this.reads += 1;
      await this.beforeRead();
      if (!this.isThere) return undefined;
      return { issue: this.#issueWith(wanted), children: this.children };
    },
    change: async (changes) => {
      this.writes += 1;
      await this.beforeChange();
      for (const change of changes) this.#apply(change);
      return [];
    },
  };

  #issueWith({ commentIds }: WantedDetails): IssueDetails {
    const comments = commentIds.flatMap((id) => {
      const body = this.comments.get(id);
      return body === undefined ? [] : [{ id, body }];
    });
    return {
      ...trackedIssue('ENG-1', 'Component analyses'),
      teamId: 'team-1',
      labels: [],
      comments,
      attachments: [],
      states: [],
      availableLabels: [],
    };
  }

  #apply(change: IssueChange): void {
    if (change.kind === 'create-comment' || change.kind === 'update-comment') {
      this.comments.set(change.id, change.body);
    }
  }
}

export function trackedIssue(identifier: string, title: string): TrackedIssue {
  return {
    ...componentIssue({ identifier, title }),
    id: `id of ${identifier}`,
    updatedAt: '2026-03-01T09:00:00.000Z',
    state: { id: 'state-1', name: 'Todo', type: 'unstarted' },
  };
}
