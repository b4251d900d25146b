import { expect, test } from 'vitest';
import { compareWithPrevious } from '../../../lib/flows/component-analysis/compare-reports.ts';
import { finding } from '../../builders/findings.ts';
import { report } from '../../builders/reports.ts';

const [a, b, c] = ['aaaa', 'bbbb', 'cccc'].map((fingerprint) => finding({ fingerprint }));

test('everything is new in a first report', () => {
  expect(
    compareWithPrevious(
      [a, b].flatMap((one) => one ?? []),
      null,
    ),
  ).toEqual({
    previous: null,
    new: 2,
    fixed: 0,
    unchanged: 0,
    newFindings: ['aaaa', 'bbbb'],
    fixedFindings: [],
  });
});

test('tells new, fixed and unchanged findings apart', () => {
  const previous = report({
    runId: 'run-0',
    findings: [a, b].flatMap((one) => one ?? []),
    source: { kind: 'folder', path: '/src', commit: 'f'.repeat(40) },
  });
  expect(
    compareWithPrevious(
      [b, c].flatMap((one) => one ?? []),
      previous,
    ),
  ).toEqual({
    previous: { runId: 'run-0', generatedAt: previous.generatedAt, commit: 'f'.repeat(40) },
    new: 1,
    fixed: 1,
    unchanged: 1,
    newFindings: ['cccc'],
    fixedFindings: [a],
  });
});
