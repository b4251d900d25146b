import type { DeliveryDetail } from '../delivery.ts';
import type { BusEvent } from '../event.ts';
import type { StartedRun } from '../run.ts';

const mostAttempts = 10;

/** What came of a delivery. */
export type DispatchOutcome =
  | { decision: 'ignored'; reason: string }
  | {
      decision: 'run';
      reason: string;
      runs: readonly StartedRun[];
    };

/** A delivery that waits for its decision. */
export function newDelivery(event: BusEvent): DeliveryDetail {
  const { deliveryId, receivedAt, source, type } = event;
  return {
    id: deliveryId,
    source,
    type,
    receivedAt,
    decision: 'pending',
    event,
    decidedAt: null,
    attempts: 0,
    startedRunIds: [],
  };
}

/** The same delivery waits again; the runs that it has started stay with it until it is decided anew. */
export function reopened({ event, runId, runIds }: DeliveryDetail): DeliveryDetail {
  return {
    ...newDelivery(event),
    ...(runId !== undefined && { runId }),
    ...(runIds !== undefined && { runIds }),
  };
}

/** @param decidedAt ISO 8601 UTC */
export function withOutcome(
  { runId: _earlier, runIds: _earlierRuns, ...before }: DeliveryDetail,
  outcome: DispatchOutcome,
  decidedAt: string,
): DeliveryDetail {
  const { decision, reason } = outcome;
  const after = { ...before, decision, reason, decidedAt, attempts: before.attempts + 1 };
  if (outcome.decision === 'ignored') return after;
  const runIds = outcome.runs.map((run) => run.runId);
  const [runId, ...others] = runIds;
  return {
    ...after,
    startedRunIds: outcome.runs.flatMap((run) => (run.created ? [run.runId] : [])),
    ...(runId !== undefined && { runId }),
    ...(others.length > 0 && { runIds }),
  };
}

/** An attempt at deciding or starting that failed. */
export interface FailedAttempt {
  reason: string;
  /** Whether any further attempt would fail the same way. */
  final: boolean;
}

/**
 * After the last attempt that the dispatcher makes, a person has to look.
 * @param at ISO 8601 UTC
 */
export function withFailedAttempt(
  before: DeliveryDetail,
  { final, reason }: FailedAttempt,
  at: string,
): DeliveryDetail {
  const attempts = before.attempts + 1;
  if (!final && attempts < mostAttempts) return { ...before, attempts, reason };
  return { ...before, attempts, reason, decision: 'failed', decidedAt: at };
}
