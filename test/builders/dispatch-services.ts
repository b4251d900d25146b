import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { DispatchContext } from '../../lib/domain/dispatch/decision.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { RunSummary } from '../../lib/domain/run.ts';
import { createDeliveryRecords } from '../../lib/flows/dispatch/delivery-records.ts';
import type { DispatchServices } from '../../lib/flows/dispatch/dispatch-services.ts';
import { createIssueAsks } from '../../lib/flows/dispatch/issue-asks.ts';
import { createKnownRequests } from '../../lib/flows/dispatch/known-requests.ts';
import { createToldPushes } from '../../lib/flows/dispatch/told-pushes.ts';
import type { StartRun } from '../../lib/ports/runs.ts';
import { buildDispatchContext } from './events.ts';
import { runSummary } from './runs.ts';

/**
 * A store in memory that goes with the test.
 * @param now milliseconds since the epoch, by which items expire
 */
export function buildStore(now: () => number = Date.now) {
  const store = openSqliteStore(':memory:', { now });
  onTestFinished(async () => store.close());
  return store;
}

/** Remembers what was started; starting a name again finds the run, as the engine does. */
export class StartedRuns {
  readonly requests: StartRun[] = [];
  /** Thrown instead of starting a run, while it is set. */
  problem: Error | undefined;

  async start(request: StartRun): Promise<{ runId: string; created: boolean }> {
    if (this.problem !== undefined) throw this.problem;
    const existing = this.requests.find(({ name }) => name === request.name);
    if (existing === undefined) {
      this.requests.push(request);
      return { runId: `run-${this.requests.length}`, created: true };
    }
    if (JSON.stringify(existing.input) !== JSON.stringify(request.input)) {
      throw new RequestRejectedError('conflict', 'A run of this name has another input');
    }
    return { runId: `run-${this.requests.indexOf(existing) + 1}`, created: false };
  }

  async findByName(name: string): Promise<RunSummary | undefined> {
    const index = this.requests.findIndex((request) => request.name === name);
    return index < 0 ? undefined : runSummary({ id: `run-${index + 1}`, name });
  }
}

const now = () => Date.parse('2026-11-22T10:00:01.000Z');

/** Services over a store in memory, which can be paused. */
export function buildDispatchServices(context: Partial<DispatchContext> = {}) {
  const pausedSince: { value: string | null } = { value: null };
  const runs = new StartedRuns();
  const store = buildStore(now);
  const services: DispatchServices = {
    deliveries: createDeliveryRecords(store, now),
    asks: createIssueAsks({ now, runs, store }),
    requests: createKnownRequests(store, now),
    pushes: createToldPushes(store, now),
    runs,
    context: buildDispatchContext(context),
    pause: {
      get: async () => (pausedSince.value === null ? null : { since: pausedSince.value }),
    },
  };
  return { services, runs, pausedSince };
}
