import { describe, expect, test } from 'vitest';
import { ask } from '../../../support/github/ask.ts';
import { findOperation, fromExample } from '../../../support/github/description.ts';
import { startGithubServer } from '../../../support/github/github-server.ts';
import { replyProblems } from '../../../support/github/reply-rules.ts';

const token = 'ghp_test';
const commit = '0123456789abcdef0123456789abcdef01234567';

function startShop() {
  return startGithubServer({ repositories: [{ name: 'acme/shop', commit }], tokens: [{ token }] });
}

const status = `POST /repos/acme/shop/statuses/${commit}`;
const hooks = 'POST /repos/acme/shop/hooks';
const issues = 'GET /repos/acme/shop/issues';

describe('what GitHub does not take, the test server does not take either', () => {
  test.each<[string, { route: string; body?: unknown; words: string }]>([
    [
      'a field that is not known',
      { route: status, body: { state: 'success', url: 'x' }, words: 'body must NOT have' },
    ],
    [
      'a field that is missing',
      { route: status, body: { context: 'ci' }, words: "must have required property 'state'" },
    ],
    [
      'a value that is none of those allowed',
      { route: status, body: { state: 'green' }, words: 'body/state must be' },
    ],
    [
      'a value of the wrong type',
      { route: hooks, body: { active: 'yes' }, words: 'body/active must be boolean' },
    ],
    [
      'an unknown field within a field',
      { route: hooks, body: { config: { uri: 'x' } }, words: 'body/config must NOT have' },
    ],
    ['no body where one is needed', { route: status, words: "required property 'state'" }],
    [
      'a body where none belongs',
      { route: 'DELETE /repos/acme/shop/hooks/1', body: {}, words: 'takes no body' },
    ],
    ['a list for a body', { route: status, body: [], words: 'the body is not a JSON object' }],
    ['an unknown parameter', { route: `${issues}?size=9`, words: 'query size' }],
    ['a page that is too long', { route: `${issues}?per_page=101`, words: 'above 100' }],
    ['a parameter that is no number', { route: `${issues}/x`, words: 'must be integer' }],
    ['a choice that there is not', { route: `${issues}?state=new`, words: 'state must' }],
  ])('%s', async (_, { body, route, words }) => {
    const { url, violations } = await startShop();
    const answer = await ask(url, route, { token, body });
    expect(answer.status).toBe(422);
    expect(answer.object['errors']).toEqual(
      expect.arrayContaining([expect.stringContaining(words)]),
    );
    expect(violations.join('\n')).toContain(words);
  });

  test('an operation that there is not', async () => {
    const { requests, url, violations } = await startShop();
    expect(await ask(url, 'GET /repos/acme/shop/secrets', { token })).toMatchObject({
      status: 404,
    });
    expect(violations).toHaveLength(1);
    expect(requests).toMatchObject([{ operation: null, status: 404, authorization: 'token' }]);
  });

  test('a body that does not say that it is JSON', async () => {
    const { url, violations } = await startShop();
    const headers = { 'content-type': 'text/plain' };
    await ask(url, status, { token, body: { state: 'success' }, headers });
    expect(violations).toEqual([expect.stringContaining('content-type')]);
  });
});

test('what GitHub takes is taken, and told by its description', async () => {
  const { repository, requests, url, violations } = await startShop();
  const body = { state: 'success', context: 'ci', description: 'Done', target_url: null };
  const { object, status: answered } = await ask(url, status, { token, body });
  expect(answered).toBe(201);
  expect(object).toMatchObject({ state: 'success', context: 'ci', creator: { login: 'ada' } });
  expect(repository('acme/shop').statuses).toMatchObject([{ commit, state: 'success' }]);
  expect(requests).toMatchObject([{ operation: 'repos/create-commit-status', status: 201 }]);
  expect(violations).toEqual([]);
});

describe('an answer of the test server', () => {
  const operation = findOperation('GET', '/user')?.operation;
  if (operation === undefined) throw new Error('The operation is not described');
  const user = fromExample('users/get-authenticated', {});

  test('that GitHub could have given passes', () => {
    expect(replyProblems(operation, { status: 200, json: user })).toEqual([]);
  });

  test.each([
    ['lacks a field', { ...user, login: undefined }, "required property 'login'"],
    ['has a field of the wrong type', { ...user, site_admin: 'no' }, 'site_admin must be boolean'],
  ])('that %s is found out', (_, json, words) => {
    const problems = replyProblems(operation, { status: 200, json });
    expect(problems.join('\n')).toContain(words);
  });

  test('with a status that GitHub never gives is found out', () => {
    expect(replyProblems(operation, { status: 201, json: user })).toHaveLength(1);
  });
});
