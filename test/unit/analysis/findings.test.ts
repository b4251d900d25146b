import { expect, test } from 'vitest';
import { toFindings } from '../../../lib/analysis/findings.ts';
import type { Hit } from '../../../lib/analysis/rule.ts';
import type { SourceFile } from '../../../lib/domain/source.ts';

const file = (path: string, inComponent = true): SourceFile => ({
  path,
  language: 'python',
  text: 'import os\nimport re\n',
  inComponent,
});
const hit = (overrides: Partial<Hit> = {}): Hit => ({
  rule: 'unused-import',
  path: 'a.py',
  line: 1,
  message: '`os` is imported and never used.',
  ...overrides,
});

test('takes from the catalogue what the hit does not say', () => {
  const [finding] = toFindings([hit({ tool: 'ruff F401' })], [file('a.py')]);
  expect(finding).toMatchObject({
    category: 'code-quality',
    topic: 'unused-code',
    rule: 'unused-import',
    tool: 'ruff F401',
  });
  expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
});

test('lets a hit be graver or surer than its rule', () => {
  const [finding] = toFindings([hit({ severity: 'high', confidence: 'low' })], [file('a.py')]);
  expect(finding).toMatchObject({ severity: 'high', confidence: 'low' });
});

test('drops hits outside the component', () => {
  const files = [file('a.py'), file('b.py', false)];
  expect(toFindings([hit({ path: 'b.py' }), hit({ path: 'gone.py' })], files)).toEqual([]);
});

test('counts once what two linters say of one place', () => {
  expect(toFindings([hit(), hit({ tool: 'ruff F401' })], [file('a.py')])).toHaveLength(1);
});

test('orders by severity, then by path and line', () => {
  const hits = [
    hit({ path: 'b.py', severity: 'low' }),
    hit({ path: 'a.py', line: 2, severity: 'low' }),
    hit({ path: 'b.py', line: 2, severity: 'critical' }),
    hit({ path: 'a.py', line: 1, severity: 'low' }),
  ];
  const findings = toFindings(hits, [file('a.py'), file('b.py')]);
  expect(findings.map(({ line, path, severity }) => `${severity} ${path}:${line}`)).toEqual([
    'critical b.py:2',
    'low a.py:1',
    'low a.py:2',
    'low b.py:1',
  ]);
});

test('keeps the 200 most serious of a rule in a file, and counts the others', () => {
  const many = Array.from({ length: 250 }, (_, index) =>
    hit({ line: index + 1, symbol: `s${index}` }),
  );
  const grave = hit({ line: 251, severity: 'critical' });
  const few = [hit({ path: 'b.py' }), hit({ rule: 'unused-variable' })];

  const findings = toFindings([...many, grave, ...few], [file('a.py'), file('b.py')]);

  const alike = findings.filter(({ path, rule }) => path === 'a.py' && rule === 'unused-import');
  expect(alike.map(({ line }) => line)).toEqual([
    251,
    ...Array.from({ length: 199 }, (_, i) => i + 1),
  ]);
  expect(alike.at(-1)?.message).toContain('51 more like this in the file');
  expect(findings).toHaveLength(202);
});

test('keeps all of a rule in a file up to 200 as they are', () => {
  const hits = Array.from({ length: 200 }, (_, index) => hit({ line: index + 1 }));
  const findings = toFindings(hits, [file('a.py')]);
  expect(findings).toHaveLength(200);
  expect(findings.at(-1)?.message).toBe(hit().message);
});
