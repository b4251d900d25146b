import { decideDispatch } from '../../domain/dispatch/decide.ts';
import type { Decision, DispatchContext } from '../../domain/dispatch/decision.ts';
import type { DeliveryDetail } from '../../domain/delivery.ts';
import type { StartedRun } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';
import type { DispatchServices } from './dispatch-services.ts';
import { dispatchPending } from './run.ts';

export interface Replay {
  decisions: Decision[];
  /** Those of the decisions that have one; a preview and a pause start none. */
  runs: StartedRun[];
}

export interface PreviewServices {
  context: DispatchContext;
  runs: Pick<Runs, 'findByName'>;
}

/** What a replay would decide under the present configuration, and what runs already; changes nothing. */
export async function previewReplay(
  { event }: DeliveryDetail,
  { context, runs }: PreviewServices,
): Promise<Replay> {
  const decisions = decideDispatch(event, context);
  const names = decisions.flatMap((decision) => (decision.kind === 'run' ? [decision.name] : []));
  const known = await Promise.all(names.map(async (name) => runs.findByName(name)));
  return {
    decisions,
    runs: known.flatMap((run) => (run === undefined ? [] : [{ runId: run.id, created: false }])),
  };
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
