import { expect, test } from 'vitest';
import { ok, problem } from '../../../../infra/cli/doctor/check-line.ts';
import {
  formatCheckLines,
  hasProblem,
  sortByArea,
} from '../../../../infra/cli/doctor/format-lines.ts';

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

test('advice that several lines share stands below the last of them', () => {
  const place = { area: 'Webhooks', subject: 'GitHub' } as const;
  const same = problem(place, 'not registered', 'register it');
  const rows = formatCheckLines([same, same, problem(place, 'other', 'mend it'), same]).split('\n');
  expect(rows.map((row) => row.trim().split(/ {2,}/).at(-1))).toEqual([
    'Webhooks',
    'not registered',
    'not registered',
    '→ register it',
    'other',
    '→ mend it',
    'not registered',
    '→ register it',
  ]);
});

test('lines are put into the order of the areas, and stay in theirs', () => {
  const [github, linear, host] = lines;
  if (github === undefined || linear === undefined || host === undefined) throw new Error();
  expect(sortByArea([host, github, linear])).toEqual([github, linear, host]);
});

test('only a problem makes the whole unwell', () => {
  expect(hasProblem(lines)).toBe(true);
  expect(hasProblem(lines.filter(({ state }) => state === 'ok'))).toBe(false);
});
