import { UpstreamError } from '../../lib/domain/errors.ts';
import type { LinearIssueChange } from '../../lib/domain/event.ts';
import type { IssueTracker, PolledRequest } from '../../lib/ports/issue-tracker.ts';
import type { TrackerAdmin, TrackerWebhook } from '../../lib/ports/tracker-admin.ts';
import { buildIssueEvent } from './events.ts';

/** What Linear tells of issues that were changed, and of webhooks that it could not deliver. */
export class PolledWorkspace
  implements
    Pick<IssueTracker, 'isConfigured' | 'listRequests'>,
    Pick<TrackerAdmin, 'listWebhooks'>
{
  isSetUp = true;
  isAdmin = true;
  /** Requests in one answer. */
  pageSize = 100;
  readonly webhooks: TrackerWebhook[] = [];
  /** From where each poll asked. */
  readonly asked: string[] = [];
  readonly #made: PolledRequest[] = [];

  /** A person creates an issue with the label, or does `issue` to one. */
  ask(
    at: Date,
    { until = at, ...issue }: Partial<LinearIssueChange> & { until?: Date } = {},
  ): void {
    const { linearIssue } = buildIssueEvent({ updatedAt: at.toISOString(), ...issue });
    if (linearIssue === null) return;
    const type = linearIssue.changes === null ? 'Issue.create' : 'Issue.update';
    const sender = { login: 'Ada', type: 'user' };
    const url = 'https://linear.app/acme/issue/ENG-7';
    this.#made.push({ type, sender, url, issue: linearIssue, until: until.toISOString() });
  }
  failToDeliver(executionId: string, at: Date, url = 'https://cicd.example/webhooks/linear'): void {
    const failures = [{ executionId, at: at.toISOString(), httpStatus: 502, reason: 'no answer' }];
    const id = `webhook-${this.webhooks.length}`;
    this.webhooks.push({ id, url, label: '', enabled: true, resourceTypes: ['Issue'], failures });
  }
  async isConfigured() {
    return this.isSetUp;
  }
  async listRequests({ since }: { since: string }) {
    this.asked.push(since);
    const requests = this.#made
      .filter(({ issue }) => issue.updatedAt > since)
      .toSorted((one, other) => Date.parse(one.issue.updatedAt) - Date.parse(other.issue.updatedAt))
      .slice(0, this.pageSize);
    return { requests, next: requests.at(-1)?.issue.updatedAt ?? since };
  }
  async listWebhooks() {
    if (this.isAdmin) return this.webhooks;
    const details = { service: 'linear', status: 403, retryable: false };
    throw new UpstreamError('only an administrator may see webhooks', details);
  }
}
