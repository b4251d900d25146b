import { describe, expect, test } from 'vitest';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';
import { code, formatMessage } from '../../../lib/flows/component-analysis/format/markdown-text.ts';
import { finding } from '../../builders/findings.ts';
import { counted, report } from '../../builders/reports.ts';

const module = (path: string) => ({
  path,
  language: 'python' as const,
  lines: 10,
  fanIn: 1,
  fanOut: 1,
  instability: 0.5,
  exports: 1,
  functions: 1,
  maxComplexity: 1,
});

describe('formatReport', () => {
  test('says at its head which commit of which ref on GitHub it is about', () => {
    const commit = '0123456789'.repeat(4);
    const onGithub = { kind: 'github', repository: 'acme/shop', ref: 'main', commit } as const;
    expect(formatReport(report({ source: onGithub }))).toContain(
      'acme/shop (GitHub, `main`) at `0123456789` · ',
    );
    const other = { ...onGithub, repository: 'acme/copy', ref: null };
    expect(formatReport(report({ source: other }))).toContain(
      'acme/shop (GitHub, acme/copy, default branch) at `0123456789` · ',
    );
  });

  test('says what it could not judge', () => {
    const notes = ['`a.ts` was not analysed: took <too> long.'];
    const text = formatReport(report({ notes }));
    expect(text).toContain('Not judged in full:\n\n- ');
    expect(text).toMatch(/was not analysed: took .*too.* long\.$/m);
    expect(formatReport(report())).not.toContain('Not judged');
  });

  test('leads with what matters: most serious first, one entry a rule, ten at most', () => {
    const rules = [
      'unused-import',
      'unused-variable',
      'unused-parameter',
      'mutable-default',
      'bare-except',
      'broad-except',
      'swallowed-error',
      'weak-hash',
      'insecure-random',
      'undefined-name',
      'await-in-loop',
      'duplicate-code',
    ];
    const findings = rules.map((rule) => finding({ rule, severity: 'medium' }));
    findings.push(
      finding({ rule: 'sql-injection', severity: 'critical', path: 'lib/sql.ts', line: 7 }),
    );
    findings.push(finding({ rule: 'unused-import', severity: 'medium', line: 9 }));
    const text = formatReport(report({ findings }));
    const entries = text.match(/^\d+\. .*/gm) ?? [];
    expect(entries).toHaveLength(10);
    expect(entries[0]).toContain('1. **critical** · `lib/sql.ts:7`');
    expect(entries[1]).toContain('(and 1 more like it)');
    expect(text.indexOf('## What matters')).toBeLessThan(text.indexOf('## Findings'));
  });

  test('says so when nothing matters', () => {
    const text = formatReport(report({ findings: [finding({ severity: 'low' })] }));
    expect(text).toContain('Nothing of medium severity or above was found.');
  });

  test('marks what is new since the last report', () => {
    const fresh = finding({ severity: 'high', fingerprint: 'feed' });
    const text = formatReport(
      report({
        ...counted([fresh, finding({ severity: 'info', fingerprint: 'told' })]),
        comparison: {
          previous: { runId: 'run-0', generatedAt: '2026-02-28T09:00:00.000Z', commit: null },
          new: 2,
          fixed: 2,
          unchanged: 3,
          newFindings: ['feed', 'told'],
          fixedFindings: [finding({ severity: 'low' }), finding({ severity: 'info' })],
        },
      }),
    );
    expect(text).toContain(
      '**1 high (1 new), 1 for information** · 1 fixed since the report of 2026-02-28\n',
    );
    expect(text).toContain('1. **high, new** ·');
  });

  test('ends with the module graph, cycles in it marked', () => {
    const text = formatReport(
      report({
        graph: {
          modules: [module('a.py'), module('b.py')],
          edges: [
            { from: 'a.py', to: 'b.py', typeOnly: false },
            { from: 'b.py', to: 'a.py', typeOnly: false },
            { from: 'b.py', to: 'shared/log.py', typeOnly: false },
          ],
          cycles: [['a.py', 'b.py']],
          publicInterface: [],
        },
      }),
    );
    expect(text).toContain('- `a.py` → `b.py` → `a.py`');
    const [, diagram] = text.split('```mermaid\n');
    expect(diagram).toContain('m0["a.py"]');
    expect(diagram).toContain('m0 ==>|cycle| m1');
    expect(diagram).toContain('(["shared/…"]):::outside');
    expect(diagram?.trimEnd().endsWith('```')).toBe(true);
  });

  test('shows names from the analysed code as text, never as markup', () => {
    const hostile = finding({
      severity: 'high',
      path: 'a`|<img src=x>.py',
      message: 'See [this](https://evil.example) @everyone <script>alert(1)</script> `a|b`',
    });
    const text = formatReport(report({ findings: [hostile] }));
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('[this](');
    expect(text).toContain('`@everyone`');
    const rows = text.split('\n').filter((line) => line.startsWith('| high'));
    expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual([5]);
  });
});

test('control characters of a file name reach no terminal', () => {
  const text = formatReport(
    report({ findings: [finding({ severity: 'high', path: 'a\u001b[31m\u0007\u202e.py' })] }),
  );
  expect(text).toContain('a\ufffd[31m\ufffd\ufffd.py');
  expect(text).not.toContain('\u001b');
});

test('code in a message stays code, the rest becomes plain text', () => {
  expect(formatMessage('`a_b` is *not* used')).toBe('`a_b` is \\*not\\* used');
  expect(code('a`b\nc')).toBe("`a'b c`");
});
