import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

/** Problems of a configuration with these stages on AWS. */
function problemsOf(stages: unknown): readonly string[] {
  try {
    parseConfig({ aws: { stages } });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('Nothing was wrong');
}

describe('stages on AWS', () => {
  test('are only those that are configured, each with its defaults', () => {
    const { aws } = parseConfig({ aws: { stages: { test: { logDays: 7 } } } });
    expect(Object.keys(aws.stages)).toEqual(['test']);
    expect(aws.stages['test']).toMatchObject({ logDays: 7, keepsData: false, archiveDays: 14 });
  });

  test('may have names of which all that AWS makes up begins with the whole name of the stack', () => {
    const { aws } = parseConfig({ aws: { stages: { preview42: {} } } });
    const [name] = Object.keys(aws.stages);
    expect(`autonomous-cicd-${name}`).toHaveLength(25);
  });

  test.each([
    [
      'a name that cannot be part of a name of AWS',
      { Prod_1: {} },
      /^aws\.stages\.Prod_1: must be/,
    ],
    ['a name that AWS would cut', { integration: {} }, /up to 8 more.*longer names are cut by AWS/],
    ['a name whose policies are those of dev, too', { 'dev-eu': {} }, /with a - the policies/],
    ['days for which logs cannot be kept', { dev: { logDays: 8 } }, /^aws\.stages\.dev\.logDays:/],
    ['an address that is none', { dev: { alarmEmails: ['team'] } }, /alarmEmails\[0\]/],
    [
      'something else than the ARN of a certificate',
      { dev: { domain: { name: 'cicd.example.com', certificateArn: 'arn:aws:iam::1:role/x' } } },
      /^aws\.stages\.dev\.domain\.certificateArn: must be the ARN of a certificate/,
    ],
    [
      'a domain with a path',
      { dev: { domain: { name: 'example.com/hooks', certificateArn: 'arn:aws:acm:eu:1:c/1' } } },
      /^aws\.stages\.dev\.domain\.name:/,
    ],
    [
      'an unknown field',
      { dev: { keepData: true } },
      /^aws\.stages\.dev\.keepData: is not a known/,
    ],
  ])('are refused: %s', (_title, stages, problem) => {
    expect(problemsOf(stages)).toEqual([expect.stringMatching(problem)]);
  });
});
