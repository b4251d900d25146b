import type { AgentSessionChange, BusEvent } from '../../domain/event.ts';
import { eventLimits } from '../../domain/event-limits.ts';
import { idText, objectIn, textIn, type JsonObject } from '../../domain/json-fields.ts';
import { loginOf } from './login.ts';

/** Of the payloads that tell of conversations with an app. */
export const agentSessionType = 'AgentSessionEvent';

/** The session in such a payload; null when there is none that could be named. */
export function agentSessionChange(payload: JsonObject): AgentSessionChange | null {
  const session = objectIn(payload, 'agentSession');
  const id = idText(session?.['id']);
  if (session === undefined || id === null) return null;
  return {
    id,
    issue: issueOf(objectIn(session, 'issue')),
    comment: textIn(objectIn(session, 'comment'), 'body', eventLimits.prompt),
    activity: activityOf(payload, objectIn(payload, 'agentActivity')),
  };
}

function issueOf(issue: JsonObject | undefined): AgentSessionChange['issue'] {
  const id = idText(issue?.['id']);
  const identifier = textIn(issue, 'identifier', eventLimits.identifier);
  if (id === null || identifier === null) return null;
  return { id, identifier, title: textIn(issue, 'title', eventLimits.title) ?? '' };
}

function activityOf(
  payload: JsonObject,
  activity: JsonObject | undefined,
): AgentSessionChange['activity'] {
  const id = idText(activity?.['id']);
  if (activity === undefined || id === null) return null;
  const content = objectIn(activity, 'content');
  const app = idText(payload['appUserId']);
  return {
    id,
    type: textIn(content, 'type', eventLimits.type) ?? 'unknown',
    body: textIn(content, 'body', eventLimits.prompt) ?? '',
    signal: textIn(activity, 'signal', eventLimits.signal),
    isOwn: app !== null && [activity['userId'], objectIn(activity, 'user')?.['id']].includes(app),
  };
}

/**
 * Who has said something, or has begun the session. Linear names people only: where an automation or another
 * agent has begun it, nobody is named.
 */
export function agentSessionSender(payload: JsonObject): BusEvent['sender'] {
  const said = objectIn(payload, 'agentActivity');
  const person =
    said === undefined
      ? objectIn(objectIn(payload, 'agentSession'), 'creator')
      : objectIn(said, 'user');
  const login = loginOf(person);
  return login === null ? null : { login, type: 'user' };
}
