import type { BusEvent } from '../../../domain/event.ts';
import { eventLimits } from '../../../domain/event-limits.ts';
import {
  idText,
  isJsonObject,
  objectIn,
  textIn,
  urlIn,
  type JsonObject,
} from '../../../domain/json-fields.ts';
import type { ReceivedDelivery } from '../../../ports/webhook-sender.ts';
import { pushedCommits } from './pushed-commits.ts';

/** What somebody wrote; the most special first. */
const authored = ['comment', 'review', 'pull_request', 'issue'];

/** Objects that have fields of their own, or say nothing about what the event is about. */
const notSubjects = new Set(['repository', 'sender', 'organization', 'enterprise']);

const subjectName = /^[a-z]\w{0,39}$/;

/**
 * The event that a GitHub webhook payload tells of.
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function normaliseGithubEvent(payload: JsonObject, delivery: ReceivedDelivery): BusEvent {
  const { deliveryId, eventName, receivedAt } = delivery;
  const action = textIn(payload, 'action', eventLimits.type - eventName.length - 1);
  return {
    source: 'github',
    type: action === null ? eventName : `${eventName}.${action}`,
    deliveryId,
    receivedAt,
    repository: repositoryOf(payload),
    sender: senderOf(payload),
    authorAssociation: authorAssociationOf(payload),
    subject: subjectOf(payload),
    url: urlOf(payload, eventName),
    push: eventName === 'push' ? pushedCommits(payload) : null,
    linearIssue: null,
    agentSession: null,
  };
}

function repositoryOf(payload: JsonObject): BusEvent['repository'] {
  const repository = objectIn(payload, 'repository');
  const name = textIn(repository, 'full_name', eventLimits.repositoryName);
  if (name === null) return null;
  return { name, defaultBranch: textIn(repository, 'default_branch', eventLimits.branch) };
}

function senderOf(payload: JsonObject): BusEvent['sender'] {
  const sender = objectIn(payload, 'sender');
  const login = textIn(sender, 'login', eventLimits.login);
  if (login === null) return null;
  return { login, type: textIn(sender, 'type', eventLimits.senderType) ?? 'unknown' };
}

function authorAssociationOf(payload: JsonObject): string | null {
  for (const name of authored) {
    const found = textIn(
      objectIn(payload, name),
      'author_association',
      eventLimits.authorAssociation,
    );
    if (found !== null) return found;
  }
  return null;
}

function subjectOf(payload: JsonObject): BusEvent['subject'] {
  const subject = new Map<string, string>();
  // A comment on a pull request comes as one on its issue, which has the same number.
  const issue = objectIn(payload, 'issue');
  const number = idText(issue?.['number']);
  if (number !== null && isJsonObject(issue?.['pull_request'])) subject.set('pull_request', number);
  // A commit status has no number to be asked for by.
  const commit = idText(payload['sha']);
  if (commit !== null) subject.set('commit', commit);

  for (const [name, value] of Object.entries(payload)) {
    if (!isJsonObject(value) || notSubjects.has(name) || !subjectName.test(name)) continue;
    const id = idText(value['number']) ?? idText(value['id']);
    if (id !== null) subject.set(name, id);
  }
  return Object.fromEntries([...subject].slice(0, eventLimits.subjects));
}

/** The page of what is nearest: the comment rather than the issue that it stands at. */
function urlOf(payload: JsonObject, eventName: string): string | null {
  const names = ['comment', 'review', eventName, ...Object.keys(payload)];
  for (const name of names.filter((found) => !notSubjects.has(found))) {
    const url = urlIn(objectIn(payload, name), 'html_url', eventLimits.url);
    if (url !== null) return url;
  }
  return (
    urlIn(payload, 'compare', eventLimits.url) ??
    urlIn(objectIn(payload, 'repository'), 'html_url', eventLimits.url)
  );
}
