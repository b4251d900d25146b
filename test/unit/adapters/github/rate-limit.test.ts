import { expect, test } from 'vitest';
import { readQuota } from '../../../../lib/adapters/github/requests/rate-limit.ts';

const resetAt = '2026-11-23T13:00:00.000Z';

function headers(values: Record<string, string> = {}): Headers {
  return new Headers({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4987',
    'x-ratelimit-reset': String(Date.parse(resetAt) / 1_000),
    'x-ratelimit-resource': 'core',
    ...values,
  });
}

test('the headers of an answer tell what is left of the hour', () => {
  expect(readQuota(headers())).toEqual({ limit: 5_000, remaining: 4_987, resetAt });
});

test.each([
  ['another allowance', headers({ 'x-ratelimit-resource': 'search' })],
  ['no number', headers({ 'x-ratelimit-remaining': 'many' })],
  ['a time that is none', headers({ 'x-ratelimit-reset': '9e99' })],
  ['nothing', new Headers()],
])('%s is not told', (_, told) => {
  expect(readQuota(told)).toBeUndefined();
});
