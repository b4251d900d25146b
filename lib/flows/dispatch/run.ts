import { decideDispatch } from '../../domain/dispatch/decide.ts';
import { ignored } from '../../domain/dispatch/ignored.ts';
import type { Decision, RunDecision } from '../../domain/dispatch/decision.ts';
import type { DeliveryDetail } from '../../domain/delivery.ts';
import { messageOf, RequestRejectedError, UpstreamError } from '../../domain/errors.ts';
import type { BusEvent } from '../../domain/event.ts';
import type { StartedRun } from '../../domain/run.ts';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import type { DeliveryRecords } from './delivery-records.ts';
import type { DispatchServices } from './dispatch-services.ts';

/** What was decided about a delivery, and done. */
export interface Dispatch {
  delivery: DeliveryDetail;
  decisions: Decision[];
  runs: StartedRun[];
}

/**
 * Decides about an event and acts on it. Once decided, a delivery is not decided again.
 * @returns the delivery; `pending` while nothing is started
 * @throws what deciding or starting a run has thrown; the delivery then waits for the next attempt. Where
 *   that would be of no use it is `failed`, or `run` with the runs that have started
 */
export async function dispatchEvent(
  event: BusEvent,
  services: DispatchServices,
): Promise<DeliveryDetail> {
  const delivery = await getDelivery(event, services.deliveries);
  if (delivery.decision !== 'pending') return delivery;
  return (await dispatchPending(delivery, services)).delivery;
}

/** A bus may hand over an event that no record is of yet. */
async function getDelivery(event: BusEvent, deliveries: DeliveryRecords): Promise<DeliveryDetail> {
  const ref = { id: event.deliveryId, source: event.source };
  const known = await deliveries.get(ref);
  if (known !== undefined) return known;
  await deliveries.add(event);
  const added = await deliveries.get(ref);
  if (added !== undefined) return added;
  const message = `The delivery ${ref.id} is gone as soon as it is kept.`;
  throw new UpstreamError(message, { service: 'store', retryable: true });
}

/**
 * Decides about a delivery without a decision, and acts on it.
 * @throws what deciding or starting a run has thrown, after the attempt is noted
 */
export async function dispatchPending(
  delivery: DeliveryDetail,
  services: DispatchServices,
): Promise<Dispatch> {
  try {
    const dispatch = await decideAndStart(delivery, services);
    // Every start of a host comes upon what a pause holds back.
    if (!isHeldBackStill(delivery, dispatch)) logDispatch(dispatch);
    return dispatch;
  } catch (error) {
    await noteFailure(delivery, error, services.deliveries);
    throw error;
  }
}

function isHeldBackStill(before: DeliveryDetail, { delivery }: Dispatch): boolean {
  return delivery.decision === 'pending' && delivery.reason === before.reason;
}

/** One line a delivery: whoever sets up webhooks watches the log. */
function logDispatch({ delivery, runs }: Dispatch): void {
  const { decision, id, reason, type } = delivery;
  const message = decision === 'pending' ? 'Delivery held back' : 'Delivery decided';
  const runIds = runs.length > 0 ? runs.map(({ runId }) => runId) : undefined;
  createLogger().info(message, { deliveryId: id, type, decision, runIds, reason });
}

/**
 * What no attempt is counted of would come again for ever, before everything else that waits. Never
 * throws: what failed first is what has to be known.
 */
async function noteFailure(
  delivery: DeliveryDetail,
  error: unknown,
  deliveries: DeliveryRecords,
): Promise<void> {
  const log = createLogger();
  try {
    const { attempts, decision, id, reason, source } = await deliveries.countAttempt(delivery, {
      reason: `Could not be dispatched: ${messageOf(error)}`,
      final: isFinal(error),
    });
    if (decision !== 'failed') return;
    log.error('Delivery has failed', { deliveryId: id, source, attempts, reason });
  } catch (problem) {
    log.error('A failed attempt could not be counted', {
      deliveryId: delivery.id,
      ...errorFields(problem),
    });
  }
}

async function decideAndStart(
  delivery: DeliveryDetail,
  services: DispatchServices,
): Promise<Dispatch> {
  const { context, deliveries, pushes, requests } = services;
  // Told before in another way, it is known in other words: its runs are named after those.
  const event = await pushes.admit(delivery.event);
  const first = decideDispatch(event, context);
  const reason = reasonOf(first);
  if (!first.some(isRun)) return ignore(delivery, first, services);
  const held = await whyHeld(first, services);
  if (held !== undefined) {
    return { decisions: first, runs: [], delivery: await deliveries.postpone(delivery, held) };
  }
  const decided = decideDispatch(await requests.admit(event), context);
  const decisions = await leaveOutAsked(decided, services.asks);
  const wanted = decisions.filter(isRun);
  if (wanted.length === 0) return ignore(delivery, decisions, services);
  const { refusal, runs } = await startRuns(delivery, wanted, services.runs);
  const saved = await deliveries.saveDecision(delivery, {
    decision: 'run',
    reason: refusal ? `${reason}; not every run was started: ${refusal.message}` : reason,
    runs,
  });
  if (refusal !== undefined) throw refusal;
  return { decisions, runs, delivery: saved };
}

async function ignore(
  delivery: DeliveryDetail,
  decisions: Decision[],
  { deliveries }: DispatchServices,
): Promise<Dispatch> {
  const outcome = { decision: 'ignored', reason: reasonOf(decisions) } as const;
  return { decisions, runs: [], delivery: await deliveries.saveDecision(delivery, outcome) };
}

/** Undefined where nothing keeps the runs from starting. */
async function whyHeld(
  decisions: readonly Decision[],
  { pause }: DispatchServices,
): Promise<string | undefined> {
  if (decisions.filter(isRun).every(({ whilePaused }) => whilePaused === true)) return undefined;
  const paused = await pause.get();
  return paused === null ? undefined : `Paused since ${paused.since}; goes on after cicd resume`;
}

/** What an agent session has asked for as well is answered there. */
async function leaveOutAsked(
  decisions: readonly Decision[],
  asks: DispatchServices['asks'],
): Promise<Decision[]> {
  const left: Decision[] = [];
  for (const decision of decisions) {
    const ask = decision.kind === 'run' ? decision.ask : undefined;
    if (decision.kind !== 'run' || ask === undefined) left.push(decision);
    else if ((await asks.claim(ask, 'label', decision.name)) === undefined) left.push(decision);
    else left.push(...ignored(`${decision.reason}, and its agent session asks for the same`));
  }
  return left;
}

function isRun(decision: Decision): decision is RunDecision {
  return decision.kind === 'run';
}

/** Runs of one event have one reason. */
function reasonOf(decisions: readonly Decision[]): string {
  return [...new Set(decisions.map(({ reason }) => reason))].join('; ');
}

/**
 * Tries all of them: what keeps one from starting does not keep the others.
 * @returns what has started, and the first refusal
 * @throws when all are refused, or another attempt may start what did not start now
 */
async function startRuns(
  delivery: DeliveryDetail,
  wanted: readonly RunDecision[],
  runs: DispatchServices['runs'],
): Promise<{ runs: StartedRun[]; refusal: RequestRejectedError | undefined }> {
  const started: StartedRun[] = [];
  const failures: unknown[] = [];
  for (const decision of wanted) {
    try {
      started.push(await startRun(delivery, decision, runs));
    } catch (error) {
      failures.push(error);
    }
  }
  const passing = failures.filter((error) => !isFinal(error));
  if (passing.length > 0) throw passing[0];
  const refusal = failures.find(isFinal);
  if (refusal !== undefined && started.length === 0) throw refusal;
  return { runs: started, refusal };
}

/** A conflict is over once the run that had the name is gone. */
function isFinal(error: unknown): error is RequestRejectedError {
  return error instanceof RequestRejectedError && error.reason !== 'conflict';
}

async function startRun(
  delivery: DeliveryDetail,
  { flow, input, name }: RunDecision,
  runs: DispatchServices['runs'],
): Promise<StartedRun> {
  try {
    const cause = { kind: 'delivery', deliveryId: delivery.id } as const;
    return await runs.start({ flow, name, input, cause });
  } catch (error) {
    if (!(error instanceof RequestRejectedError) || error.reason !== 'conflict') throw error;
    // The configuration has changed since another delivery of this cause: its run counts.
    const existing = await runs.findByName(name);
    if (existing === undefined) throw error;
    return { runId: existing.id, created: false };
  }
}
