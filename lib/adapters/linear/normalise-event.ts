import type { BusEvent } from '../../domain/event.ts';
import { eventLimits } from '../../domain/event-limits.ts';
import { idText, objectIn, textIn, urlIn, type JsonObject } from '../../domain/json-fields.ts';
import type { ReceivedDelivery } from '../../ports/webhook-sender.ts';
import { agentSessionChange, agentSessionSender, agentSessionType } from './session-change.ts';
import { linearIssueChange } from './issue-change.ts';
import { loginOf } from './login.ts';

/**
 * The event that a Linear webhook payload tells of. Its type is the payload's: the header is not signed.
 * @see https://linear.app/developers/webhooks
 */
export function normaliseLinearEvent(payload: JsonObject, delivery: ReceivedDelivery): BusEvent {
  const half = eventLimits.type / 2 - 1;
  const type = textIn(payload, 'type', half) ?? 'unknown';
  const action = textIn(payload, 'action', half);
  return {
    source: 'linear',
    type: action === null ? type : `${type}.${action}`,
    deliveryId: delivery.deliveryId,
    receivedAt: delivery.receivedAt,
    repository: null,
    sender: type === agentSessionType ? agentSessionSender(payload) : senderOf(payload),
    authorAssociation: null,
    subject: subjectOf(payload, type),
    url: urlOf(payload),
    push: null,
    linearIssue: type === 'Issue' ? linearIssueChange(payload) : null,
    agentSession: type === agentSessionType ? agentSessionChange(payload) : null,
  };
}

/** An actor says what it is; notifications name a person inside instead. */
function senderOf(payload: JsonObject): BusEvent['sender'] {
  const actor = objectIn(payload, 'actor');
  const login = loginOf(actor);
  if (login !== null) {
    return { login, type: textIn(actor, 'type', eventLimits.senderType) ?? 'unknown' };
  }
  const name = loginOf(objectIn(objectIn(payload, 'notification'), 'actor'));
  return name === null ? null : { login: name, type: 'user' };
}

/** At most one for the entity itself beside these. */
const subjectNames = [
  'issue',
  'comment',
  'agentSession',
  'agentActivity',
  'notification',
  'parent',
  'project',
  'team',
  'cycle',
  'document',
  'initiative',
];

function subjectOf(payload: JsonObject, type: string): BusEvent['subject'] {
  const subject: BusEvent['subject'] = {};
  const places = [
    payload,
    ...['data', 'issueData', 'agentSession', 'agentActivity', 'notification'].map((name) =>
      objectIn(payload, name),
    ),
  ];
  const entity = idText(objectIn(payload, 'data')?.['id']);
  const entityName = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  if (entity !== null && /^[a-z]\w{0,39}$/.test(entityName)) subject[entityName] = entity;
  for (const name of subjectNames) {
    const ids = places.map((place) =>
      idText(objectIn(place, name)?.['id'] ?? place?.[`${name}Id`]),
    );
    const id = ids.find((found) => found !== null);
    if (id !== undefined && id !== null) subject[name] ??= id;
  }
  return subject;
}

function urlOf(payload: JsonObject): string | null {
  const places = [
    payload,
    objectIn(payload, 'data'),
    objectIn(payload, 'agentSession'),
    objectIn(payload, 'issueData'),
    objectIn(payload, 'notification'),
  ];
  const urls = places.map((place) => urlIn(place, 'url', eventLimits.url));
  return urls.find((url) => url !== null) ?? null;
}
