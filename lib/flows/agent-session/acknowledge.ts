import { openingTurn } from '../../domain/agents/session/turn.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { activityId } from './activity-id.ts';
import { acknowledgement } from './format-reply.ts';
import type { SessionEvent } from './session-event.ts';

/**
 * Says at once that the app is there: Linear shows one that says nothing within 10 seconds as unresponsive. What was
 * heard of already is not acknowledged any more, and what is said in a session that goes on is answered itself.
 * @returns `unable`: the app's credentials are not set
 */
export async function acknowledge(
  event: SessionEvent,
): Promise<'unable' | 'acknowledged' | 'needless'> {
  const { flowContext, input, services } = event;
  const { memories, sessions, stack } = services;
  const { activity, session } = input;
  try {
    return await flowContext.task('acknowledge', retries.few, async () => {
      if (!(await sessions.isConfigured())) return 'unable';
      const isNew = activity === null && (await memories.get(session)).heard.length === 0;
      if (!isNew) return 'needless';
      const id = activityId({ session, stack, turn: openingTurn }, 'acknowledge');
      await sessions.show(session, { activity: { id, ...acknowledgement } }, { urgency: 'answer' });
      return 'acknowledged';
    });
  } catch (error) {
    // The answer itself may still come in time.
    flowContext.log.warn('The session could not be acknowledged', errorFields(error));
    return 'needless';
  }
}
