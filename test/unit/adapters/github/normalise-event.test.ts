import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseGithubEvent } from '../../../../lib/adapters/github/webhooks/normalise-event.ts';
import { busEventSchema, type BusEvent } from '../../../../lib/domain/event.ts';
import { maxEventBytes } from '../../../../lib/domain/event-limits.ts';
import type { JsonObject } from '../../../../lib/domain/json-fields.ts';
import { longestTexts, oddPayloads } from '../../../support/odd-payloads.ts';
import { listGithubExamples } from '../../../support/webhook-examples.ts';

function normalise(eventName: string, payload: JsonObject): BusEvent {
  return normaliseGithubEvent(payload, {
    deliveryId: 'd-1',
    eventName,
    receivedAt: '2026-11-22T10:00:00.000Z',
  });
}

const bytesOf = (event: BusEvent) => Buffer.byteLength(JSON.stringify(event));

function expectValid(event: BusEvent): void {
  expect(busEventSchema.safeParse(event).error).toBeUndefined();
  expect(bytesOf(event)).toBeLessThanOrEqual(maxEventBytes);
}

function staysValid(payload: JsonObject, eventName: string): void {
  expectValid(normalise(eventName, payload));
}

test('a comment on a pull request', () => {
  const payload = {
    action: 'created',
    issue: { number: 7, pull_request: {}, html_url: 'https://github.com/acme/shop/pull/7' },
    comment: {
      id: 42,
      author_association: 'MEMBER',
      body: 'please look at this, ada@example.com',
      html_url: 'https://github.com/acme/shop/pull/7#issuecomment-42',
    },
    repository: { id: 1, full_name: 'acme/shop', default_branch: 'main' },
    sender: { id: 2, login: 'ada', type: 'User', email: 'ada@example.com' },
  };

  expect(normalise('issue_comment', payload)).toEqual({
    source: 'github',
    type: 'issue_comment.created',
    deliveryId: 'd-1',
    receivedAt: '2026-11-22T10:00:00.000Z',
    repository: { name: 'acme/shop', defaultBranch: 'main' },
    sender: { login: 'ada', type: 'User' },
    authorAssociation: 'MEMBER',
    subject: { pull_request: '7', issue: '7', comment: '42' },
    url: 'https://github.com/acme/shop/pull/7#issuecomment-42',
    push: null,
    linearIssue: null,
    agentSession: null,
  });
});

describe('every recorded payload', () => {
  const events = listGithubExamples().map(({ event, payload }) => normalise(event, payload));

  test('becomes a valid, small event without an e-mail address', () => {
    expect(events.length).toBe(329);
    expect(events.filter((event) => !busEventSchema.safeParse(event).success)).toEqual([]);
    expect(Math.max(...events.map(bytesOf))).toBeLessThan(2_000);
    expect(events.filter((event) => JSON.stringify(event).includes('@'))).toEqual([]);
  });

  test.each([
    ['pull_request.opened', { pull_request: '2' }],
    ['check_suite.completed', { check_suite: '118578147' }],
    ['workflow_run.completed', { workflow: '16340987', workflow_run: '1589141559' }],
    ['projects_v2_item.created', { projects_v2_item: '15' }],
    ['status', { commit: '6113728f27ae82c7b1a177c8d03f9e96e0adf246' }],
  ])('says what it is about: %s', (type, subject) => {
    expect(events.find((event) => event.type === type)?.subject).toEqual(subject);
  });

  test('shows the page of the workflow run, not of the workflow', () => {
    const run = events.find((event) => event.type === 'workflow_run.completed');
    expect(run?.url).toBe('https://github.com/octo-org/octo-repo/actions/runs/1589141559');
  });
});

describe('an odd payload', () => {
  test('without anything is an event with nothing in it', () => {
    expect(normalise('ping', {})).toMatchObject({
      type: 'ping',
      repository: null,
      sender: null,
      subject: {},
      url: null,
    });
  });

  test('has its text cleaned and cut', () => {
    const { sender, type } = normalise('issues', {
      action: `a\u001b[31m\n${'x'.repeat(200)}`,
      sender: { login: `\ud800${'é'.repeat(200)}`, type: 7 },
    });
    expect(type).toBe(`issues.a\ufffd[31m ${'x'.repeat(106)}`);
    expect(sender).toEqual({ login: `\ufffd${'é'.repeat(99)}`, type: 'unknown' });
  });

  test.each([
    'javascript:alert(1)',
    'https://user:password@github.com/',
    '/relative',
    `https://github.com/${'x'.repeat(400)}`,
    7,
  ])('gives no address that should not be followed: %s', (html_url) => {
    expect(normalise('issues', { issue: { number: 7, html_url } }).url).toBeNull();
  });

  test('whatever it is, becomes a valid event below the limit', () => {
    const payloads = oddPayloads(
      ['issue', 'comment', 'sender', 'repository', 'commits', 'ref'],
      ['action', 'number', 'id', 'login', 'full_name', 'html_url', 'pull_request'],
    );
    const always = fc.property(payloads, fc.constantFrom('push', 'issues'), staysValid);
    expect(() => fc.assert(always, { numRuns: 300 })).not.toThrow();
  });

  test.each(longestTexts)('with the longest texts of %j stays below the limit', (text) => {
    const id = 'f'.repeat(64);
    const named = { html_url: 'https://x.example/', author_association: text, id };
    const subjects = Array.from(
      { length: 20 },
      (_, index) => `${'s'.repeat(39)}${'abcdefghijklmnopqrst'[index]}`,
    );
    const event = normalise('push', {
      ...Object.fromEntries(subjects.map((name) => [name, named])),
      action: text,
      comment: { ...named, html_url: `https://x.example/${'y'.repeat(380)}` },
      repository: { full_name: text, default_branch: text },
      sender: { login: text, type: text },
      ref: text,
      after: text,
      before: text,
      commits: [{ added: [text.slice(0, 1_900)], removed: [], modified: [] }],
    });
    expectValid(event);
    expect(bytesOf(event)).toBeGreaterThan(5_000);
    expect(Object.keys(event.subject)).toHaveLength(12);
  });
});
