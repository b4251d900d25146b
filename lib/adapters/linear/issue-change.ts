import { isClosingState } from '../../domain/closing-states.ts';
import type { LinearIssueChange } from '../../domain/event.ts';
import { eventLimits } from '../../domain/event-limits.ts';
import { idText, objectIn, objectsIn, textIn, type JsonObject } from '../../domain/json-fields.ts';

/** The issue in a payload of type `Issue`; null when there is none that could be named. */
export function linearIssueChange(payload: JsonObject): LinearIssueChange | null {
  const issue = objectIn(payload, 'data');
  const id = idText(issue?.['id']);
  const identifier = identifierOf(issue?.['identifier']);
  if (issue === undefined || id === null || identifier === null) return null;
  const labels = labelsOf(issue);
  return {
    id,
    identifier,
    previousIdentifiers: listIn(issue, 'previousIdentifiers')
      .map(identifierOf)
      .filter((text) => text !== null)
      .slice(-eventLimits.previousIdentifiers),
    title: textIn(issue, 'title', eventLimits.title) ?? '',
    labels,
    assigned: isSet(issue['assigneeId']) || isSet(issue['delegateId']),
    closed: isClosed(issue),
    updatedAt: textIn(issue, 'updatedAt', eventLimits.time) ?? '',
    changes: payload['action'] === 'update' ? changesOf(payload, labels) : null,
  };
}

type Labels = LinearIssueChange['labels'];

/** The first ones, where there are too many for an event. */
function labelsOf(issue: JsonObject): Labels {
  const labels = objectsIn(issue, 'labels')
    .flatMap((label) => {
      const id = idText(label['id']);
      return id === null ? [] : [{ id, name: textIn(label, 'name', eventLimits.labelName) ?? '' }];
    })
    .slice(0, eventLimits.labels);
  let bytes = 0;
  return labels.filter((label) => {
    bytes += Buffer.byteLength(JSON.stringify(label));
    return bytes <= eventLimits.labelsBytes;
  });
}

/** `updatedFrom` holds the fields that changed, with their values from before. */
function changesOf(payload: JsonObject, labels: Labels): LinearIssueChange['changes'] {
  const before = objectIn(payload, 'updatedFrom') ?? {};
  return {
    fields: Object.keys(before)
      .filter((name) => name.length <= eventLimits.fieldName && /^\w+$/.test(name))
      .slice(0, eventLimits.changedFields),
    previousTitle: textIn(before, 'title', eventLimits.title),
    previousLabelIds: previousLabelIds(before, labels),
  };
}

/** Tells the old labels from the new. None is cut off: an old one would look new. */
function previousLabelIds(before: JsonObject, labels: Labels): string[] | null {
  if (!Array.isArray(before['labelIds'])) return null;
  const previous = new Set(before['labelIds'].map(idText));
  return labels.map(({ id }) => id).filter((id) => previous.has(id));
}

function identifierOf(value: unknown): string | null {
  const text = idText(value);
  return text !== null && text.length <= eventLimits.identifier ? text : null;
}

function listIn(from: JsonObject, name: string): unknown[] {
  const value = from[name];
  return Array.isArray(value) ? value : [];
}

const closingTimes = ['completedAt', 'canceledAt', 'archivedAt'];

function isClosed(issue: JsonObject): boolean {
  return (
    closingTimes.some((name) => isSet(issue[name])) ||
    issue['trashed'] === true ||
    isClosingState(textIn(objectIn(issue, 'state'), 'type', eventLimits.fieldName) ?? '')
  );
}

function isSet(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
