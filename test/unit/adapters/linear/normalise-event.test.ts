import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseLinearEvent } from '../../../../lib/adapters/linear/normalise-event.ts';
import { busEventSchema, type BusEvent } from '../../../../lib/domain/event.ts';
import { maxEventBytes } from '../../../../lib/domain/event-limits.ts';
import type { JsonObject } from '../../../../lib/domain/json-fields.ts';
import { linearIssuePayload } from '../../../builders/linear-payloads.ts';
import { longestTexts, oddPayloads } from '../../../support/odd-payloads.ts';

function normalise(payload: JsonObject): BusEvent {
  return normaliseLinearEvent(payload, {
    deliveryId: 'd-1',
    eventName: 'Issue',
    receivedAt: '2026-11-22T10:00:00.000Z',
  });
}

const bytesOf = (event: BusEvent) => Buffer.byteLength(JSON.stringify(event));

function expectValid(event: BusEvent): void {
  expect(busEventSchema.safeParse(event).error).toBeUndefined();
  expect(bytesOf(event)).toBeLessThanOrEqual(maxEventBytes);
}

function staysValid(payload: JsonObject): void {
  const issue = { id: 'issue-1', identifier: 'ENG-7', ...Object(payload['data']) };
  expectValid(normalise(payload));
  expectValid(normalise({ ...payload, data: issue, type: 'Issue', action: 'update' }));
  const session = { id: 'session-1', ...Object(payload['agentSession']) };
  expectValid(normalise({ ...payload, agentSession: session, type: 'AgentSessionEvent' }));
}

test('an issue that was created', () => {
  expect(normalise(linearIssuePayload())).toEqual({
    source: 'linear',
    type: 'Issue.create',
    deliveryId: 'd-1',
    receivedAt: '2026-11-22T10:00:00.000Z',
    repository: null,
    sender: { login: 'Ada Lovelace', type: 'user' },
    authorAssociation: null,
    subject: { issue: '5c4a8a1e-3f0e-4c53-9d0b-2f6d0a8f4f11', team: 'team-1' },
    url: 'https://linear.app/acme/issue/ENG-7/analyse-orders',
    push: null,
    linearIssue: {
      id: '5c4a8a1e-3f0e-4c53-9d0b-2f6d0a8f4f11',
      identifier: 'ENG-7',
      previousIdentifiers: [],
      title: 'Analyse orders',
      labels: [{ id: 'label-1', name: 'component-analysis' }],
      assigned: false,
      closed: false,
      updatedAt: '2026-11-22T10:00:00.000Z',
      changes: null,
    },
    agentSession: null,
  });
});

test('an issue that was updated tells what it was before', () => {
  const updatedFrom = { updatedAt: '…', title: 'Old title', labelIds: ['label-0', 'label-9'] };
  const labels = [
    { id: 'label-0', name: 'bug' },
    { id: 'label-1', name: 'component-analysis' },
  ];
  const event = normalise(linearIssuePayload({ action: 'update', updatedFrom }, { labels }));

  expect(event.type).toBe('Issue.update');
  expect(event.linearIssue?.changes).toEqual({
    fields: ['updatedAt', 'title', 'labelIds'],
    previousTitle: 'Old title',
    previousLabelIds: ['label-0'],
  });
});

test('a label counts among many, and an old one is not taken for a new one', () => {
  const labels = Array.from({ length: 50 }, (_, at) => ({
    id: `${at}`.padStart(36, '0'),
    name: `label ${at}`,
  }));
  const updatedFrom = {
    labelIds: [
      ...labels.map(({ id }) => `other-${id}`),
      ...labels.slice(0, 49).map(({ id }) => id),
    ],
  };
  const event = normalise(linearIssuePayload({ action: 'update', updatedFrom }, { labels }));

  expect(event.linearIssue?.labels).toEqual(labels);
  expect(event.linearIssue?.changes?.previousLabelIds).toEqual(updatedFrom.labelIds.slice(50));
});

test('what did not change has no value from before', () => {
  const event = normalise(linearIssuePayload({ action: 'update', updatedFrom: { priority: 2 } }));
  expect(event.linearIssue?.changes).toEqual({
    fields: ['priority'],
    previousTitle: null,
    previousLabelIds: null,
  });
});

test.each([
  [{ assigneeId: 'user-1' }, true],
  [{ delegateId: 'agent-1' }, true],
  [{ assigneeId: null }, false],
])('an issue with %j is assigned: %s', (data, assigned) => {
  expect(normalise(linearIssuePayload({}, data)).linearIssue?.assigned).toBe(assigned);
});

test.each([
  [{ completedAt: '2026-11-22' }, true],
  [{ canceledAt: '2026-11-22' }, true],
  [{ archivedAt: '2026-11-22' }, true],
  [{ trashed: true }, true],
  [{ state: { type: 'completed' } }, true],
  [{ state: { type: 'started' }, trashed: false, completedAt: null }, false],
])('an issue with %j is closed: %s', (data, closed) => {
  expect(normalise(linearIssuePayload({}, data)).linearIssue?.closed).toBe(closed);
});

test('a comment names its issue and is no issue', () => {
  const event = normalise({
    action: 'create',
    type: 'Comment',
    actor: { id: 'integration-1', type: 'integration', service: 'slack' },
    data: { id: 'comment-1', issueId: 'issue-1', userId: 'user-1', body: 'Do it' },
    url: 'https://linear.app/acme/issue/ENG-7#comment-1',
  });
  expect(event).toMatchObject({
    type: 'Comment.create',
    sender: { login: 'slack', type: 'integration' },
    subject: { comment: 'comment-1', issue: 'issue-1' },
    linearIssue: null,
  });
});

describe('an agent session', () => {
  const agentSession = {
    id: 'session-1',
    commentId: 'comment-1',
    comment: { id: 'comment-1', body: '@cicd look at orders' },
    creator: { id: 'user-2', name: 'Grace' },
    issue: { id: 'issue-1', identifier: 'ENG-7', title: 'Slow orders' },
    url: 'https://linear.app/acme/session/1',
  };
  const begun = { action: 'created', type: 'AgentSessionEvent', appUserId: 'app-1', agentSession };
  const said = (activity: JsonObject) => ({
    ...begun,
    action: 'prompted',
    agentActivity: {
      id: 'activity-1',
      agentSessionId: 'session-1',
      userId: 'user-1',
      user: { id: 'user-1', name: 'Ada' },
      content: { type: 'prompt', body: 'and payments' },
      ...activity,
    },
  });

  test('that was begun names who has begun it, the issue and the comment', () => {
    expect(normalise(begun)).toMatchObject({
      type: 'AgentSessionEvent.created',
      sender: { login: 'Grace', type: 'user' },
      agentSession: {
        id: 'session-1',
        issue: { id: 'issue-1', identifier: 'ENG-7', title: 'Slow orders' },
        comment: '@cicd look at orders',
        activity: null,
      },
    });
  });

  test('in which something was said names what, and who has said it', () => {
    expect(normalise(said({ signal: 'stop' }))).toMatchObject({
      type: 'AgentSessionEvent.prompted',
      sender: { login: 'Ada', type: 'user' },
      subject: {
        agentActivity: 'activity-1',
        agentSession: 'session-1',
        comment: 'comment-1',
        issue: 'issue-1',
      },
      agentSession: {
        id: 'session-1',
        activity: {
          id: 'activity-1',
          type: 'prompt',
          body: 'and payments',
          signal: 'stop',
          isOwn: false,
        },
      },
      url: 'https://linear.app/acme/session/1',
    });
  });

  test('in which the app has said something itself tells so', () => {
    const event = normalise(said({ userId: 'app-1', user: { id: 'app-1', name: 'cicd' } }));
    expect(event.agentSession?.activity?.isOwn).toBe(true);
  });

  test('that nobody has begun or spoken in has no sender', () => {
    const automated = { ...agentSession, creator: null };
    expect(normalise({ ...begun, agentSession: automated }).sender).toBeNull();
    // Whoever has begun it did not say this.
    expect(normalise(said({ userId: null, user: null })).sender).toBeNull();
  });

  test.each([{}, [], null, 'x'])('without an id is none: %j', (odd) => {
    expect(normalise({ ...begun, agentSession: odd }).agentSession).toBeNull();
  });

  test.each(longestTexts)('whatever is said in it, stays below the limit: %#', (text) => {
    const session = {
      ...agentSession,
      comment: { body: text },
      issue: { id: 'issue-1', identifier: text, title: text },
    };
    const content = { type: text, body: text };
    const event = normalise({ ...said({ content, signal: text }), agentSession: session });
    expectValid(event);
    expect(event.agentSession?.id).toBe('session-1');
  });
});

test('an e-mail address is never taken for a name', () => {
  const actor = { id: 'user-1', type: 'user', name: 'ada@example.com', email: 'ada@example.com' };
  const event = normalise(linearIssuePayload({ actor }));
  expect(event.sender).toEqual({ login: 'user-1', type: 'user' });
  expect(JSON.stringify(event)).not.toContain('@');
});

test('an actor that does not say what it is passes for no person', () => {
  const event = normalise(linearIssuePayload({ actor: { id: 'app-1', name: 'Sync' } }));
  expect(event.sender).toEqual({ login: 'Sync', type: 'unknown' });
});

describe('an odd payload', () => {
  test('without anything is an event with nothing in it', () => {
    expect(normalise({})).toMatchObject({
      type: 'unknown',
      sender: null,
      subject: {},
      url: null,
      linearIssue: null,
      agentSession: null,
    });
  });

  test('is no issue where the issue has no name', () => {
    expect(normalise(linearIssuePayload({}, { identifier: 7.5 })).linearIssue).toBeNull();
    expect(normalise(linearIssuePayload({ data: [] })).linearIssue).toBeNull();
  });

  test('whatever it is, becomes a valid event below the limit', () => {
    const payloads = oddPayloads(
      ['actor', 'data', 'updatedFrom', 'agentSession', 'agentActivity', 'notification', 'url'],
      ['id', 'identifier', 'title', 'labels', 'labelIds', 'name', 'type', 'issueId', 'updatedAt'],
    );
    const always = fc.property(payloads, staysValid);
    expect(() => fc.assert(always, { numRuns: 300 })).not.toThrow();
  });

  test.each(
    longestTexts.flatMap((text) => [
      { text, labelName: text },
      // As many labels as there may be, and names as long as these leave room for.
      { text, labelName: text.slice(0, 16) },
    ]),
  )('with the longest texts of $text stays below the limit', ({ labelName, text }) => {
    const id = 'f'.repeat(64);
    const many = Array.from({ length: 60 }, (_, index) => `${'f'.repeat(62)}${10 + index}`);
    const fields = Array.from({ length: 60 }, (_, index) => `${'f'.repeat(58)}${10 + index}`);
    const event = normalise({
      ...linearIssuePayload({ action: 'update', url: `https://x.example/${'y'.repeat(380)}` }),
      actor: { name: text, type: text },
      updatedFrom: {
        title: text,
        labelIds: many,
        ...Object.fromEntries(fields.map((name) => [name, text])),
      },
      data: {
        ...Object.fromEntries(
          ['parent', 'project', 'team', 'cycle', 'document', 'initiative', 'comment'].map(
            (name) => [`${name}Id`, id],
          ),
        ),
        id,
        identifier: 'E'.repeat(40),
        previousIdentifiers: Array.from({ length: 20 }, () => 'E'.repeat(40)),
        title: text,
        labels: many.map((label) => ({ id: label, name: labelName })),
        updatedAt: text,
      },
    });
    expectValid(event);
    expect(event.linearIssue?.labels.length).toBeGreaterThan(10);
    expect(bytesOf(event)).toBeGreaterThan(10_000);
  });
});
