import { describe, expect, test } from 'vitest';
import {
  formatCheck,
  formatFailureCheck,
  formatRunningCheck,
} from '../../../../lib/flows/component-analysis/format/format-check.ts';
import { formatAttachment } from '../../../../lib/flows/component-analysis/format/format-headline.ts';
import { finding } from '../../../builders/findings.ts';
import { counted, report, reportAfterAnother } from '../../../builders/reports.ts';

const runLink = 'https://cicd.example/runs/run-1';
const counts = { critical: 0, high: 2, medium: 1_500, low: 0, info: 7 };
const metrics = { ...report().metrics, findings: counts };

describe('a check', () => {
  test('says in one line what there is and what has changed', () => {
    const newFindings = ['added', 'unseen'];
    const after = reportAfterAnother(
      { new: 2, fixed: 1, newFindings, fixedFindings: [finding({ fingerprint: 'gone' })] },
      counted([
        finding({ severity: 'high', fingerprint: 'known' }),
        finding({ severity: 'high', fingerprint: 'added' }),
        finding({ severity: 'low', fingerprint: 'old' }),
        finding({ severity: 'info', fingerprint: 'unseen' }),
      ]),
    );
    const check = formatCheck(after, { runLink });
    expect(check.description).toBe('2 high (1 new), 1 low · 1 fixed');
    expect(check.title).toBe(check.description);
  });

  test.each([
    [{}, 'nothing new'],
    [{ fixedFindings: [finding()] }, 'nothing new, 1 fixed'],
    [{ newFindings: ['known'] }, 'nothing fixed'],
    [{ newFindings: ['known'], fixedFindings: [finding()] }, '1 fixed'],
  ])('says shortly what has changed: %j', (comparison, words) => {
    const after = reportAfterAnother(comparison, counted([finding({ fingerprint: 'known' })]));
    expect(formatCheck(after, { runLink }).title).toMatch(new RegExp(` · ${words}$`));
  });

  test('says when it is the first, and when there is nothing to criticise', () => {
    expect(formatCheck(report(), { runLink }).description).toBe(
      'Nothing to criticise · first report',
    );
  });

  test('stays below what GitHub takes, however long the names and messages are', () => {
    const rules = ['sql-injection', 'weak-hash', 'bare-except', 'mutable-default', 'eval-use'];
    const findings = rules.map((rule) =>
      finding({ rule, severity: 'high', path: 'a'.repeat(4_000), message: '*'.repeat(30_000) }),
    );
    const { summary } = formatCheck(report({ findings }), { runLink });
    expect(summary.match(/^\d\. /gm)).toHaveLength(5);
    expect(summary.length).toBeLessThan(65_535);
  });

  test('tells a failure in one line, and what to do in the summary', () => {
    const check = formatFailureCheck({
      subject: 'orders of acme/shop',
      reason: `The archive\nis too large: ${'9'.repeat(200)}`,
      runLink,
    });
    expect(check.description).toMatch(/^The analysis failed: The archive ⏎ is too large: 9+…$/);
    expect(check.description).toHaveLength(140);
    expect(check.title).toBe('The analysis failed');
    expect(check.summary).toContain('**What to do:**');
  });

  test('says while it runs what is being done', () => {
    expect(formatRunningCheck({ step: 'analyse architecture' })).toMatchObject({
      title: 'The analysis is running',
      description: 'Running: analyse architecture',
    });
  });
});

test('an attachment names the component and the figures', () => {
  expect(formatAttachment(report({ metrics }))).toEqual({
    title: 'Component analysis of orders',
    subtitle: '2 high, 1,500 medium · first report',
  });
});
