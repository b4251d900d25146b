import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../lib/domain/finding.ts';
import { accuracy, judgeFindings } from '../../support/judge-findings.ts';
import type { Defect, Labels, Mark } from '../../support/labels.ts';

function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    category: 'code-quality',
    topic: 'security',
    rule: 'eval',
    severity: 'high',
    confidence: 'high',
    path: 'a.py',
    line: 10,
    message: 'A finding.',
    fingerprint: 'f',
    ...overrides,
  };
}

function defect(overrides: Partial<Defect> = {}): Defect {
  return {
    path: 'a.py',
    lines: [10, 10],
    topic: 'security',
    orTopics: [],
    category: 'code-quality',
    severityAtLeast: 'low',
    note: 'a defect',
    alsoAt: [],
    ...overrides,
  };
}

function mark(overrides: Partial<Mark> = {}): Mark {
  return { path: 'a.py', lines: [10, 10], topics: ['security'], note: 'a mark', ...overrides };
}

function labels(overrides: Partial<Labels> = {}): Labels {
  return { defects: [], traps: [], accepted: [], ...overrides };
}

describe('judgeFindings', () => {
  test.each([9, 10, 11])('takes a defect at line 10 as found by a finding at line %i', (line) => {
    const { found, falseAlarms } = judgeFindings(
      [finding({ line })],
      labels({ defects: [defect()] }),
    );

    expect(found).toHaveLength(1);
    expect(falseAlarms).toEqual([]);
  });

  test.each([
    ['two lines away', { line: 12 }],
    ['of another topic', { topic: 'complexity' as const }],
    ['in another file', { path: 'b.py' }],
  ])('takes a finding %s as a miss and a false alarm', (_case, overrides) => {
    const { missed, falseAlarms } = judgeFindings(
      [finding(overrides)],
      labels({ defects: [defect()] }),
    );

    expect(missed).toHaveLength(1);
    expect(falseAlarms).toHaveLength(1);
  });

  test('lets one finding stand for one defect only', () => {
    const neighbours = [defect(), defect({ lines: [11, 11] })];
    const { found } = judgeFindings([finding()], labels({ defects: neighbours }));

    expect(found).toEqual([neighbours[0]]);
  });

  test('asks for the severity of the label', () => {
    const strict = labels({ defects: [defect({ severityAtLeast: 'high' })] });
    const lenient = labels({ defects: [defect({ severityAtLeast: 'info' })] });

    expect(judgeFindings([finding({ severity: 'medium' })], strict).found).toHaveLength(0);
    expect(judgeFindings([finding({ severity: 'info' })], lenient).found).toHaveLength(1);
  });

  test('finds a defect at any of its places and under any of its topics', () => {
    const cycle = defect({
      alsoAt: [{ path: 'b.py', lines: [1, 3] }],
      orTopics: ['dependencies'],
    });
    const elsewhere = finding({ path: 'b.py', line: 2, topic: 'dependencies' });

    expect(judgeFindings([elsewhere], labels({ defects: [cycle] })).found).toEqual([cycle]);
  });

  test('counts a finding in a trap as a false alarm even beside a defect', () => {
    const trap = mark({ lines: [11, 11] });
    const { falseAlarms, sprungTraps } = judgeFindings(
      [finding({ line: 11 })],
      labels({ defects: [defect()], traps: [trap] }),
    );

    expect(falseAlarms).toHaveLength(1);
    expect(sprungTraps).toEqual([trap]);
  });

  test('passes over accepted findings and those that only inform', () => {
    const { falseAlarms } = judgeFindings(
      [finding(), finding({ line: 40, severity: 'info' })],
      labels({ accepted: [mark({ topics: ['any'] })] }),
    );

    expect(falseAlarms).toEqual([]);
  });
});

describe('accuracy', () => {
  const judgement = judgeFindings(
    [finding(), finding({ line: 50 }), finding({ line: 60, topic: 'complexity' })],
    labels({
      defects: [defect(), defect({ lines: [30, 30] }), defect({ lines: [60, 60], topic: 'size' })],
    }),
  );

  test('is the share found and the share that is right', () => {
    expect(accuracy(judgement)).toEqual({ recall: 1 / 3, precision: 1 - 2 / 3 });
  });

  test('is told for one topic, with null where there is nothing to tell', () => {
    expect(accuracy(judgement, 'security')).toEqual({ recall: 1 / 2, precision: 1 / 2 });
    expect(accuracy(judgement, 'size')).toEqual({ recall: 0, precision: null });
    expect(accuracy(judgement, 'network')).toEqual({ recall: null, precision: null });
  });
});
