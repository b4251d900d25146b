import { expect, test } from 'vitest';
import { orFailure } from '../../../../infra/cli/doctor/check-line.ts';
import { ConfigError, UpstreamError } from '../../../../lib/domain/errors.ts';

const place = { area: 'Credentials', subject: 'GitHub' } as const;

function failing(error: Error) {
  return orFailure(place, async () => {
    throw error;
  });
}

function upstream(message: string, retryable: boolean) {
  return new UpstreamError(message, { service: 'github', retryable });
}

test.each([
  [
    upstream('GitHub refuses a.b (403). Give it "x". Then more.', false),
    'GitHub refuses a.b (403).',
    'Give it "x". Then more.',
  ],
  [
    upstream('GitHub has failed (500).', true),
    'GitHub has failed (500).',
    'try again in a few minutes',
  ],
  [
    upstream('GitHub says that a is gone (410).', false),
    'GitHub says that a is gone (410).',
    'compare the rights with those in README.md',
  ],
  [
    new ConfigError(['A: is missing', 'B: is wrong']),
    'A: is missing; B: is wrong',
    'correct it where it is set',
  ],
])('of a failure, the first sentence says what is wrong, the rest what to do', async (...of) => {
  const [error, detail, advice] = of;
  expect(await failing(error)).toEqual([{ ...place, state: 'problem', detail, advice }]);
});
