import { beforeAll, describe, expect, test } from 'vitest';
import { topicSchema } from '../../../lib/domain/finding.ts';
import { analyseFolder } from '../../support/analyse-folder.ts';
import type { Judgement } from '../../support/judge-findings.ts';
import { accuracy, judgeFindings } from '../../support/judge-findings.ts';
import { labelledRepository, loadLabels } from '../../support/labels.ts';

/*
 * What the analysis finds in the labelled repository.
 * Recall: planted defects that were found, of all planted defects.
 * Precision: findings above `info` that are no false alarm, of all findings above `info`.
 * What "found" and "false alarm" mean exactly stands at `judgeFindings`.
 */

let judgement: Judgement;

beforeAll(async () => {
  const labels = await loadLabels();
  const report = await analyseFolder({
    folder: labelledRepository,
    paths: ['**'],
    component: 'labelled',
  });
  judgement = judgeFindings(report.findings, labels);
  process.stdout.write(describeAccuracy(judgement, labels.traps.length));
});

describe('the analysis of the labelled repository', () => {
  test('finds at least nine of ten planted defects', () => {
    expect(accuracy(judgement).recall).toBeGreaterThanOrEqual(0.9);
  });

  test('reports at most one false alarm in ten findings', () => {
    expect(accuracy(judgement).precision).toBeGreaterThanOrEqual(0.9);
  });
});

function describeAccuracy(judged: Judgement, traps: number): string {
  const rows = topicSchema.options.map((topic) => [topic, accuracy(judged, topic)] as const);
  const table = [...rows, ['total', accuracy(judged)] as const].map(
    ([name, { recall, precision }]) =>
      `${name.padEnd(16)} recall ${percent(recall)}  precision ${percent(precision)}`,
  );
  const missed = judged.missed.map(
    ({ path, lines, topic, note }) => `  missed ${path}:${lines[0]} ${topic}: ${note}`,
  );
  const alarms = judged.falseAlarms.map(
    ({ path, line, topic, rule, message }) =>
      `  false alarm ${path}:${line} ${topic} (${rule}): ${message}`,
  );
  const sprung = `${judged.sprungTraps.length} of ${traps} traps sprung`;
  return `${[...table, sprung, ...missed, ...alarms].join('\n')}\n`;
}

function percent(share: number | null): string {
  return (share === null ? '–' : `${(share * 100).toFixed(1)} %`).padStart(7);
}
