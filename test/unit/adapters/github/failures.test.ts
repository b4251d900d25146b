import { describe, expect, test } from 'vitest';
import {
  explainRefusal,
  type CredentialKind,
  type Refusal,
} from '../../../../lib/adapters/github/requests/failures.ts';

function explain(refusal: Partial<Refusal>, credential: CredentialKind = 'token') {
  const asked = { subject: 'the check runs of acme/shop', right: 'Checks: write', credential };
  return explainRefusal({ status: 403, headers: {}, message: '', ...refusal }, asked);
}

describe('a right that is missing', () => {
  test.each<[CredentialKind, string]>([
    ['none', 'Set a GITHUB_TOKEN with the right "Checks: write".'],
    ['token', 'Give GITHUB_TOKEN the right "Checks: write"'],
    ['app', 'Give the GitHub App the permission "Checks: write"'],
  ])('is named, and where it is to be had: %s', (credential, words) => {
    const failure = explain({ status: 403 }, credential);
    expect(failure).toMatchObject({ status: 403, retryable: false });
    expect(failure.message).toContain('GitHub refuses the check runs of acme/shop (403).');
    expect(failure.message).toContain(words);
  });

  test.each<[CredentialKind, string]>([
    ['none', 'Set GITHUB_TOKEN.'],
    ['token', 'GITHUB_TOKEN is wrong, expired or revoked.'],
    ['app', 'GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY do not belong together'],
  ])('is told from credentials that are not accepted: %s', (credential, words) => {
    const failure = explain({ status: 401 }, credential);
    expect(failure).toMatchObject({ status: 401, retryable: false });
    expect(failure.message).toContain(words);
  });
});

describe('a rate limit', () => {
  test.each<[string, Partial<Refusal>, string]>([
    ['with a time to wait', { headers: { 'retry-after': '60' } }, 'asks to wait 60 s'],
    [
      'with a time of renewal',
      { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795341600' } },
      'is used up until 2026-11-22 10:00 UTC',
    ],
    ['without any', { status: 429 }, 'Wait a few minutes'],
    ['of the second kind', { message: 'You hit a secondary rate limit' }, 'Wait a few minutes'],
  ])('passes: %s', (_, refusal, words) => {
    const failure = explain(refusal);
    expect(failure.retryable).toBe(true);
    expect(failure.message).toContain(words);
  });

  test('is far higher for whoever says who they are', () => {
    expect(explain({ status: 429 }, 'none').message).toContain('With GITHUB_TOKEN set');
  });
});

test.each([500, 502, 503, 504, 408])('%i may pass', (status) => {
  expect(explain({ status })).toMatchObject({ name: 'UpstreamError', status });
});

test.each([400, 404, 409, 410, 418, 422])('%i stays until somebody changes something', (status) => {
  const failure = explain({ status, message: 'quotes what was sent' });
  expect(failure).toMatchObject({ name: 'FinalUpstreamError', status });
  expect(failure.message).toContain('the check runs of acme/shop');
  expect(failure.message).not.toContain('quotes');
});
