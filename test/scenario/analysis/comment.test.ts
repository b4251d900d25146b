import { expect, test } from 'vitest';
import { formatReportComment } from '../../../lib/flows/component-analysis/format/format-comment.ts';
import { analyseFolder } from '../../support/analyse-folder.ts';
import { labelledRepository } from '../../support/labels.ts';

/** Differs from run to run; where the source is a checkout, so does its commit. */
function withoutChance(comment: string): string {
  return comment
    .replace(/ at `[0-9a-f]{10}`(?= ·)/, '')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, '2026-03-01 10:00 UTC');
}

test('the comment on a real analysis reads as it always has', async () => {
  const report = await analyseFolder({
    folder: labelledRepository,
    paths: ['shop/**'],
    component: 'shop',
  });
  const comment = formatReportComment(report, { runLink: 'https://cicd.example/runs/run-1' });
  await expect(withoutChance(comment)).toMatchFileSnapshot(
    '../../fixtures/comments/component-analysis.md',
  );
});
