import { expect, test } from 'vitest';
import { ok, problem } from '../../../../infra/cli/doctor/check-line.ts';
import { formatCheckLines, hasProblem } from '../../../../infra/cli/doctor/format-lines.ts';

const lines = [
  ok({ area: 'Credentials', subject: 'GitHub' }, 'token of acme-bot'),
  problem({ area: 'Credentials', subject: 'Linear' }, 'expired\u001b[31m', 'make a new key'),
  ok({ area: 'Host', subject: 'host' }, 'answers'),
];

test('each area has a heading, each line that is not well its advice, and nothing colours the terminal', () => {
  expect(formatCheckLines(lines).split('\n')).toEqual([
    'Credentials',
    '  ok       GitHub  token of acme-bot',
    '  PROBLEM  Linear  expired\ufffd[31m',
    '    → make a new key',
    '',
    'Host',
    '  ok       host    answers',
  ]);
});

test('only a problem makes the whole unwell', () => {
  expect(hasProblem(lines)).toBe(true);
  expect(hasProblem(lines.filter(({ state }) => state === 'ok'))).toBe(false);
});
