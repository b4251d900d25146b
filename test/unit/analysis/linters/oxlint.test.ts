import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../../lib/analysis/linters/oxlint.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { sourceFile } from '../../../builders/source-file.ts';

async function rulesOf(text: string, path = 'src/module.ts'): Promise<string[]> {
  const { hits } = await lint([sourceFile(path, text)]);
  return hits.map(({ rule }) => rule).toSorted();
}

describe('lint', () => {
  // Each row: the defect, and a look-alike that is in order.
  it.each([
    ['unused-import', 'import { a, b } from "x"; a();', 'import { a, b } from "x"; a(b);'],
    [
      'unused-variable',
      'export function f() { const a = g(); }\nexport function g() { return 1; }',
      'export const a = 1;',
    ],
    ['unused-function', 'function f() { return 1; }', 'export function f() { return 1; }'],
    ['unused-class', 'class A { a = 1; }', 'export class A { a = 1; }'],
    ['unused-type', 'type A = string;', 'export type A = string;'],
    [
      'unreachable-code',
      'export function f() { return 1; g(); }\nexport function g() {}',
      'export function f() { return g();\nfunction g() { return 1; } }',
    ],
    [
      'useless-expression',
      'export const a = 1;\na === 2;',
      'export function f(a?: () => void) { a && a(); }',
    ],
    [
      'contradictory-default',
      'export function f(a = 1, b: number) { return a + b; }',
      'export function f(a: number, b = 1) { return a + b; }',
    ],
    [
      'shared-mutable-value',
      'export const rows = new Array(3).fill([]);',
      'export const rows = new Array(3).fill(0);',
    ],
    [
      'useless-catch',
      'export function f() { try { g(); } catch (e) { throw e; } }\nexport function g() {}',
      'export function f() { try { g(); } catch (e) { g(); throw e; } }\nexport function g() {}',
    ],
    [
      'lost-error-cause',
      'export function f() { try { g(); } catch (e) { throw new Error("x"); } }\nexport function g() {}',
      'export function f() { try { g(); } catch (e) { throw new Error("x", { cause: e }); } }\nexport function g() {}',
    ],
    [
      'return-in-finally',
      'export function f() { try { g(); } finally { return 1; } }\nexport function g() {}',
      'export function f() { try { return 1; } finally { g(); } }\nexport function g() {}',
    ],
    ['throw-literal', 'throw "x";', 'throw new Error("x");'],
    [
      'async-executor',
      'export const p = new Promise(async (done) => { done(await 1); });',
      'export const p = new Promise((done) => { done(1); });',
    ],
    [
      'comparison-error',
      'export const f = (a: unknown) => a === NaN;',
      'export const f = (a: unknown) => Number.isNaN(a);',
    ],
    ['duplicate-key', 'export const a = { b: 1, b: 2 };', 'export const a = { b: 1, c: 1 };'],
    [
      'duplicate-condition',
      'export function f(a: number) { if (a === 1) { return 1; }\nelse if (a === 1) { return 2; } return 3; }',
      'export function f(a: number) { if (a === 1) { return 1; } else if (a === 2) { return 2; } return 3; }',
    ],
    ['left-over-debugger', 'debugger;', '// debugger;'],
    [
      'eval-use',
      'export const f = (text: string) => eval(text);',
      'export const f = (text: string) => JSON.parse(text);',
    ],
    [
      'eval-use',
      'export const f = (text: string) => new Function(text);',
      'export const f = (g: Function) => g();',
    ],
    [
      'likely-bug',
      'for (let i = 0; i < 3; i--) { i.toFixed(); }',
      'for (let i = 3; i > 0; i--) { i.toFixed(); }',
    ],
  ])('reports %s and not its look-alike', async (rule, defect, lookAlike) => {
    expect(await rulesOf(defect)).toEqual([rule]);
    expect(await rulesOf(lookAlike)).toEqual([]);
  });

  it('names what was hit, in a sentence, with the rule of oxlint behind it', async () => {
    const { hits } = await lint([sourceFile('a.ts', '\nimport { a } from "x";\n')]);

    expect(hits).toEqual([
      {
        rule: 'unused-import',
        path: 'a.ts',
        line: 2,
        message: '`a` is imported and never used.',
        symbol: 'a',
        tool: 'oxlint no-unused-vars',
      },
    ]);
  });

  it('points at the second of two that are alike', async () => {
    const text = 'export const a = {\n  b: 1,\n  b: 2,\n};\nexport class A {}\n';

    const { hits } = await lint([sourceFile('a.js', `${text}A.b = class { m() {}\n m() {} };\n`)]);

    expect(new Map(hits.map(({ line, symbol }) => [line, symbol]))).toEqual(
      new Map([
        [3, 'b'],
        [7, 'm'],
      ]),
    );
  });

  it('knows undefined names in modules of JavaScript, hosts and builds aside', async () => {
    const text = 'import a from "a"; a(missing, process, window, __VERSION__, Deno);';

    const { hits } = await lint([sourceFile('a.js', text)]);

    expect(hits.map(({ symbol }) => symbol)).toEqual(['missing']);
    expect(await rulesOf('missing();', 'page-script.js')).toEqual([]);
  });

  it('says of a file that does not parse only that, and goes on with the others', async () => {
    const { hits } = await lint([
      sourceFile('broken.ts', 'import { a } from "x"; const = ;'),
      sourceFile('ok.ts', 'debugger;'),
    ]);

    expect(hits.map(({ path, rule }) => [path, rule])).toEqual([
      ['broken.ts', 'syntax-error'],
      ['ok.ts', 'left-over-debugger'],
    ]);
  });

  it('writes nothing outside its folder, whatever a file is called, and removes the folder', async () => {
    const { hits } = await lint([
      sourceFile('../../../evil.ts', 'debugger;'),
      sourceFile('/etc/evil.ts', 'debugger;'),
      sourceFile('node_modules/dist/.hidden/a b.min.js', 'debugger;'),
    ]);

    expect(hits.map(({ path }) => path)).toEqual([
      '../../../evil.ts',
      '/etc/evil.ts',
      'node_modules/dist/.hidden/a b.min.js',
    ]);
    const left = await readdir(tmpdir());
    expect(left.filter((name) => name.startsWith(`cicd-oxlint-${process.pid}-`))).toEqual([]);
  });

  it('does not obey settings that lie among the files', async () => {
    const { hits } = await lint([
      sourceFile('.oxlintrc.json', '{ "rules": { "no-debugger": "off" } }'),
      sourceFile('.eslintignore', '**'),
      sourceFile('a.ts', 'debugger;'),
    ]);

    expect(hits.map(({ rule }) => rule)).toContain('left-over-debugger');
  });

  it('ends with an UpstreamError when it is stopped', async () => {
    const stopped = lint([sourceFile('a.ts', 'debugger;')], { signal: AbortSignal.abort() });

    await expect(stopped).rejects.toThrow(UpstreamError);
    await expect(stopped).rejects.toThrow('oxlint was stopped');
  });

  it('has nothing to say about nothing', async () => {
    expect(await lint([])).toEqual({ hits: [], notes: [], unlintable: [] });
  });
});
