import { describe, expect, test } from 'vitest';
import { shareFairly } from '../../../../../lib/domain/agents/prompts/fit-evidence.ts';
import {
  longestPrompt,
  writePrompt,
} from '../../../../../lib/domain/agents/prompts/write-prompt.ts';
import { finding } from '../../../../builders/findings.ts';
import { promptRequest } from '../../../../builders/prompts.ts';
import { integrationPoint } from '../../../../builders/reports.ts';

const long = 'long/'.repeat(2_000);
const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

const huge = promptRequest({
  files: many(5_000, (index) => ({ path: `${long}${index}`, lines: index })),
  findings: many(5_000, (index) =>
    finding({ rule: `rule-${index}`, path: `${long}${index}`, message: long }),
  ),
  paths: many(1_000, (index) => `${long}${index}`),
  instructions: long,
  repository: long,
  before: { problem: long },
});

describe('however much is known', () => {
  const prompt = writePrompt(huge);

  test('a prompt has its length, and little room is left unused', () => {
    expect(prompt.length).toBeLessThanOrEqual(longestPrompt);
    expect(prompt.length).toBeGreaterThan(longestPrompt - 1_000);
  });

  test('each part of the evidence has its share, and what is left out is counted', () => {
    const [, findings = '', files = ''] = prompt.split(/^\| ## /m).slice(1);
    const shown = findings.split('\n').filter((line) => line.startsWith('| low')).length;
    expect(shown).toBeGreaterThan(10);
    expect(findings).toContain(`\n| … and ${5_000 - shown} more\n`);
    expect(files.split('\n').length).toBeGreaterThan(10);
    expect(files).toMatch(/\n\| … and \d{4} more\n/);
  });

  test('it ends with how to answer, in full', () => {
    expect(prompt.slice(prompt.indexOf('## How to answer'))).toBe(
      writePrompt(promptRequest()).split(/(?=## How to answer)/)[1],
    );
  });
});

test('a rule that is hit everywhere leaves room for the others', () => {
  const findings = [
    ...many(500, (line) => finding({ rule: 'unused-import', line: line + 1 })),
    finding({ rule: 'magic-number', line: 7 }),
    finding({ rule: 'configuration-read', severity: 'info' }),
  ];
  const lines = writePrompt(promptRequest({ findings })).split('\n');
  expect(lines.filter((line) => line.includes('· unused-import ·'))).toHaveLength(8);
  expect(lines.filter((line) => line.includes('· magic-number ·'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('configuration-read'))).toEqual([]);
  expect(lines).toContain('| … and 492 more');
});

test('what other machines answer comes before files, and libraries come last', () => {
  const points = [
    integrationPoint({ kind: 'library', name: 'stripe', errorHandling: null }),
    integrationPoint({ kind: 'file-system', name: 'open', errorHandling: 'none' }),
    integrationPoint({ name: 'guarded' }),
    integrationPoint({ name: 'left', errorHandling: 'none' }),
    integrationPoint({ name: 'hanging', errorHandling: 'none', timeout: false }),
  ];
  const request = promptRequest({ analysis: 'integration', integrationPoints: points });
  const shown = writePrompt(request).matchAll(/^\| (?:[\w-]+) · (\w+) at /gm);
  expect([...shown].map(([, name]) => name)).toEqual([
    'hanging',
    'left',
    'open',
    'guarded',
    'stripe',
  ]);
});

test('room is shared fairly: nobody goes short while another has more', () => {
  expect(shareFairly([10, 20, 30], 100)).toEqual([10, 20, 30]);
  expect(shareFairly([100, 10, 100], 90)).toEqual([40, 10, 40]);
  expect(shareFairly([5, 5], 0)).toEqual([0, 0]);
  expect(shareFairly([], 10)).toEqual([]);
});
