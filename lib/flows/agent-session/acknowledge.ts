import { openingTurn } from '../../domain/agents/session/turn.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { activityId } from './activity-id.ts';
import { acknowledgement } from './format-reply.ts';
import type { SessionEvent } from './session-event.ts';

/** `unable`: the app's credentials are not set. `at`: milliseconds since the epoch. */
export type Acknowledgement =
  | { kind: 'unable' | 'needless' }
  | { kind: 'acknowledged'; at: number };

/**
 * Says at once that the app is there: Linear shows one that says nothing within 10 seconds as unresponsive. Whichever
 * event is the first to tell of a session has it said, and it is said once. In a session that was heard of already
 * the answer itself comes instead.
 */
export async function acknowledge(event: SessionEvent): Promise<Acknowledgement> {
  const { flowContext, input, services } = event;
  const { memories, now, sessions, stack } = services;
  const { session } = input;
  try {
    return await flowContext.task('acknowledge', retries.few, async () => {
      if (!(await sessions.isConfigured())) return { kind: 'unable' };
      const { heard } = await memories.get(session);
      if (heard.length > 0) return { kind: 'needless' };
      const id = activityId({ session, stack, turn: openingTurn }, 'acknowledge');
      await sessions.show(session, { activity: { id, ...acknowledgement } }, { urgency: 'answer' });
      return { kind: 'acknowledged', at: now() };
    });
  } catch (error) {
    // The answer itself may still come in time.
    flowContext.log.warn('The session could not be acknowledged', errorFields(error));
    return { kind: 'needless' };
  }
}
