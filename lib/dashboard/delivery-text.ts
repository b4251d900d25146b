import type { Delivery } from '../domain/delivery.ts';
import { oneLineText } from '../domain/plain-text.ts';

/** As much of an id as lists show; commands take it for the whole. */
export function shortDeliveryId(id: string): string {
  return oneLineText(id.slice(0, 8));
}

/** All runs of a delivery; most have one or none. */
export function runsOf({ runId, runIds }: Delivery): string[] {
  return runIds ?? (runId === undefined ? [] : [runId]);
}

/** Why nothing runs (yet), or what does: `runs 5f0c9a1e, 77b0c2d4`. */
export function formatOutcome(delivery: Delivery): string {
  const runs = runsOf(delivery).map((id) => id.slice(0, 8));
  // A replay that waits or has failed still has the runs that were started before.
  if (delivery.decision !== 'run' || runs.length === 0) return oneLineText(delivery.reason ?? '');
  return `${runs.length === 1 ? 'run' : 'runs'} ${runs.join(', ')}`;
}
