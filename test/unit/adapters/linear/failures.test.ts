import { describe, expect, test } from 'vitest';
import {
  explainAnswer,
  kindOfAnswer,
  type GraphqlProblem,
  type LinearAnswer,
} from '../../../../lib/adapters/linear/failures.ts';

function answer(status: number, ...told: Partial<GraphqlProblem>[]): LinearAnswer {
  const nothing = { code: undefined, type: undefined, text: undefined, path: [] };
  const problems = told.map((problem) => Object.assign({}, nothing, problem));
  return { status, headers: new Headers(), data: undefined, problems };
}

test.each([
  ['usable', answer(200)],
  ['limited', answer(400, { code: 'RATELIMITED' })],
  ['limited', answer(400, { code: 'INPUT_ERROR' }, { code: 'RATELIMITED' })],
  ['limited', answer(200, { type: 'ratelimited' })],
  ['limited', answer(429)],
  ['unauthenticated', answer(401)],
  ['unauthenticated', answer(400, { code: 'AUTHENTICATION_ERROR' })],
  ['unauthenticated', answer(400, { type: 'authentication error' })],
  ['forbidden', answer(403, { code: 'whatever' })],
  ['forbidden', answer(200, { code: 'FORBIDDEN' })],
  ['forbidden', answer(200, { type: 'feature not accessible' })],
  ['refused', answer(400, { code: 'whatever' })],
  ['refused', answer(200, { code: 'INPUT_ERROR' })],
  ['refused', answer(200, { type: 'usage limit exceeded' })],
  ['refused', answer(400, { code: 'GRAPHQL_VALIDATION_FAILED' })],
  ['failed', answer(400)],
  ['failed', answer(403)],
  ['failed', answer(404)],
  ['failed', answer(408)],
  ['failed', answer(500)],
  ['failed', answer(200, { type: 'lock timeout' })],
  ['failed', answer(200, { code: 'INTERNAL_SERVER_ERROR' })],
  ['failed', answer(200, { code: 'constructor' })],
] as const)('%s: %o', (kind, given) => {
  expect(kindOfAnswer(given)).toBe(kind);
});

describe('the error', () => {
  test.each([
    [401, 'api-key', /LINEAR_API_KEY/],
    [401, 'app', /LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET/],
    [403, 'api-key', /LINEAR_API_KEY needs access/],
    [403, 'app', /Give the app access/],
  ] as const)('for %i by %s says what to do', (status, used, advice) => {
    const error = explainAnswer(answer(status, {}), used);
    expect(error).toMatchObject({ retryable: false, status, service: 'linear' });
    expect(error.message).toMatch(advice);
  });

  test.each([403, 404, 408, 503])('of something that fails with %i may pass', (status) => {
    expect(explainAnswer(answer(status), 'app')).toMatchObject({ retryable: true, status });
  });

  test('quotes Linear in one harmless line', () => {
    const text = 'No such\nlabel \u202e';
    const { message } = explainAnswer(answer(400, { code: 'INPUT_ERROR', text }), 'app');
    expect(message).toBe(
      'Linear refuses what was asked of it (400). It says: "No such ⏎ label \ufffd"',
    );
  });
});
