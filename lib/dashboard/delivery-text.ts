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

/** Why nothing runs (yet), or what does and why: `runs 5f0c9a1e, 77b0c2d4: ENG-7 was assigned`. */
export function formatOutcome(delivery: Delivery): string {
  const reason = oneLineText(delivery.reason ?? '');
  const runs = runsOf(delivery).map((id) => id.slice(0, 8));
  // A replay that waits or has failed still has the runs that were started before.
  if (delivery.decision !== 'run' || runs.length === 0) return reason;
  const list = `${runs.length === 1 ? 'run' : 'runs'} ${runs.join(', ')}`;
  return reason === '' ? list : `${list}: ${reason}`;
}
