import { decideDispatch } from '../../domain/dispatch/decide.ts';
import type { Decision } from '../../domain/dispatch/decision.ts';
import type { DeliveryDetail } from '../../domain/delivery.ts';
import type { DispatchServices } from './dispatch-services.ts';
import { dispatchPending, type StartedRun } from './run.ts';

export interface Replay {
  decisions: Decision[];
  /** Empty when nothing was to be started, in a preview, and while everything is paused. */
  runs: StartedRun[];
}

/** What a replay would decide under the present configuration; changes nothing. */
export function previewReplay(
  { event }: DeliveryDetail,
  { context }: Pick<DispatchServices, 'context'>,
): Replay {
  return { decisions: decideDispatch(event, context), runs: [] };
}

/**
 * Decides anew under the present configuration, also what has been decided, and acts on it. A cause
 * that has a run already gets no second one: its name is taken.
 * @throws what starting a run has thrown; the delivery then waits for the next attempt
 */
export async function replayDelivery(
  delivery: DeliveryDetail,
  services: DispatchServices,
): Promise<Replay> {
  const reopened = await services.deliveries.reopen(delivery);
  const { decisions, runs } = await dispatchPending(reopened, services);
  return { decisions, runs };
}
