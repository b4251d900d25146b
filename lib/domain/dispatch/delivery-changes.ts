import type { DeliveryDetail } from '../delivery.ts';
import type { BusEvent } from '../event.ts';

const mostAttempts = 10;

/** What came of a delivery. */
export type DispatchOutcome =
  | { decision: 'ignored'; reason: string }
  | { decision: 'run'; runIds: readonly string[] };

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
  };
}

/** @param decidedAt ISO 8601 UTC */
export function withOutcome(
  { reason: _whyItWaited, ...before }: DeliveryDetail,
  outcome: DispatchOutcome,
  decidedAt: string,
): DeliveryDetail {
  const { decision } = outcome;
  const after = { ...before, decision, decidedAt, attempts: before.attempts + 1 };
  if (outcome.decision === 'ignored') return { ...after, reason: outcome.reason };
  const [runId, ...others] = outcome.runIds;
  return {
    ...after,
    ...(runId !== undefined && { runId }),
    ...(others.length > 0 && { runIds: [...outcome.runIds] }),
  };
}

/** After the last attempt that the dispatcher makes, a person has to look. */
export function withFailedAttempt(
  before: DeliveryDetail,
  reason: string,
  at: string,
): DeliveryDetail {
  const attempts = before.attempts + 1;
  if (attempts < mostAttempts) return { ...before, attempts, reason };
  return { ...before, attempts, reason, decision: 'failed', decidedAt: at };
}
