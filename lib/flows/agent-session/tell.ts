import type { PlanStep } from '../../domain/agents/session/plan.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { activityId, type ActivityPurpose } from './activity-id.ts';
import { formatTrouble, type Reply } from './format-reply.ts';
import type { SessionEvent } from './session-event.ts';

interface Said {
  reply: Reply;
  plan?: readonly PlanStep[];
  /** Default: `reply`. */
  purpose?: ActivityPurpose;
}

/**
 * Says it in the session, once however often it is tried.
 * @param turn what it answers
 */
export async function tell(event: SessionEvent, turn: string, said: Said): Promise<void> {
  const { flowContext, input, services } = event;
  const { session } = input;
  const { sessions, stack } = services;
  const { plan, purpose = 'reply', reply } = said;
  const id = activityId({ session, stack, turn }, purpose);
  await flowContext.task(purpose, retries.patient, () =>
    sessions.show(
      session,
      { activity: { id, ...reply }, ...(plan && { plan }) },
      { urgency: 'answer' },
    ),
  );
}

/** What is done matters more than that it is said. */
export async function tellIfPossible(event: SessionEvent, turn: string, said: Said): Promise<void> {
  try {
    await tell(event, turn, said);
  } catch (error) {
    event.flowContext.log.warn('This could not be said in the session', errorFields(error));
  }
}

/** Nobody is left waiting. What has failed in passing is tried again later, and then says more. */
export async function tellTrouble(event: SessionEvent, turn: string): Promise<void> {
  const { flowContext, services } = event;
  const reply = formatTrouble(services.linkTo(flowContext.runId));
  await tellIfPossible(event, turn, { reply, purpose: 'trouble' });
}
