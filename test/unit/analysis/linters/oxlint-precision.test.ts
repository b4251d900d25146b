import { describe, expect, it } from 'vitest';
import { lint } from '../../../../lib/analysis/linters/oxlint.ts';
import { sourceFile } from '../../../builders/source-file.ts';

async function rulesOf(text: string, path = 'src/module.ts'): Promise<string[]> {
  const { hits } = await lint([sourceFile(path, text)]);
  return hits.map(({ rule }) => rule);
}

describe('unused parameters', () => {
  it.each([
    [
      'a declared function',
      'export function load(path: string, mode: number) {\n  return path;\n}\n',
    ],
    ['a function in a constant', 'export const load = (path: string, mode: number) => path;\n'],
    ['a method', 'export class A {\n  load(mode: number) {\n    return 1;\n  }\n}\n'],
    [
      'a signature over several lines',
      'export function load(\n  path: string,\n  mode: number,\n) {\n  return path;\n}\n',
    ],
  ])('of %s are reported', async (_name, text) => {
    expect(await rulesOf(text)).toEqual(['unused-parameter']);
  });

  it.each([
    [
      'a callback',
      'export const f = (list: string[]) =>\n  list.map(\n    (item, index) => 1,\n  );\n',
    ],
    [
      'a member of an object',
      'export const a = {\n  load(mode: number) {\n    return 1;\n  },\n};\n',
    ],
    [
      'a method of a subclass',
      'export class A extends B {\n  load(mode: number) {\n    return 1;\n  }\n}\n',
    ],
    [
      'a method of an interface',
      'export class A implements B {\n  load(mode: number) {\n    return 1;\n  }\n}\n',
    ],
    [
      'a function that is passed on',
      'function load(mode: number) {\n  return 1;\n}\nexport const a = [load];\n',
    ],
    ['a handler', 'export function handle(req: unknown, res: unknown) {\n  return 1;\n}\n'],
    [
      'a parameter before a used one',
      'export function f(a: number, b: number) {\n  return b;\n}\n',
    ],
    ['a name with an underscore', 'export function f(_a: number) {\n  return 1;\n}\n'],
    ['a declaration file', 'declare function f(a: number): void;\nexport {};\n', 'src/types.d.ts'],
  ])('of %s are no finding', async (_name, text, path = 'src/module.ts') => {
    expect(await rulesOf(text, path)).not.toContain('unused-parameter');
  });
});

/** An async function with a loop in it. */
function loop(header: string, ...body: string[]): string {
  const lines = body.map((line) => `    ${line}\n`);
  return `export async function f(list: string[]) {\n  ${header} {\n${lines.join('')}  }\n}\n`;
}

describe('await in a loop', () => {
  it('is reported once per loop over independent items', async () => {
    expect(
      await rulesOf(loop('for (const a of list)', 'await fetch(a);', 'await fetch(a);')),
    ).toEqual(['await-in-loop']);
  });

  it.each([
    ['a loop that ends early', loop('for (const a of list)', 'if (await fetch(a)) return;')],
    ['a loop until something happens', loop('while (list.length > 0)', 'await fetch(list[0]);')],
    ['a stream', loop('for await (const a of list)', 'await fetch(a);')],
    ['a pause', loop('for (const a of list)', 'await sleep(a);')],
  ])('is no finding in %s', async (_name, text) => {
    expect(await rulesOf(text)).not.toContain('await-in-loop');
  });

  it('is no finding in tests', async () => {
    const text = loop('for (const a of list)', 'await fetch(a);');

    expect(await rulesOf(text, 'src/module.test.ts')).toEqual([]);
  });
});

it('takes React for used where the classic JSX transform needs it', async () => {
  const text = 'import React from "react";\nexport const a = <b />;\n';

  expect(await rulesOf(text, 'src/a.tsx')).toEqual([]);
  expect(await rulesOf(text, 'src/a.jsx')).toEqual([]);
});

it.each([
  [
    'a test that may change',
    'export function f(g: () => number) {\n  if (g() > 1) return 1;\n  else if (g() > 1) return 2;\n  return 3;\n}\n',
  ],
  [
    'the idiom of a match in a loop',
    'export function f(p: RegExp, t: string) {\n  let m;\n  while (m = p.exec(t)) p.test(m[0]);\n}\n',
  ],
  ['an expression with effects', 'export let a = 1;\n(a = 2), f();\nfunction f() {}\n'],
  [
    'a function that a loop calls at once',
    'export function f(list: number[]) {\n  let n = 0;\n  for (let i = 0; i < 3; i++) {\n    n += list.filter((x) => x > n).length;\n  }\n  return n;\n}\n',
  ],
  ['a line that a machine wrote', `export const a = [${'1, '.repeat(200)}]; debugger;\n`],
])('takes %s for no finding', async (_name, text) => {
  expect(await rulesOf(text)).toEqual([]);
});

it('reports a function that sees the loop variable later', async () => {
  const text =
    'export function f() {\n  for (var i = 0; i < 3; i++) {\n    setTimeout(() => f(i), 1);\n  }\n}\n';

  expect(await rulesOf(text.replace('f()', 'f(_n = 0)'))).toContain('loop-variable-capture');
});

function getter(body: string): string {
  return `export const a = {\n  get host() {\n${body}\n  },\n};\n`;
}

describe('getters', () => {
  it('that return nothing at all are reported', async () => {
    expect(await rulesOf(getter('    console.log(1);'), 'a.js')).toEqual(['likely-bug']);
  });

  it('may have no answer on some path', async () => {
    expect(await rulesOf(getter('    if (a.x) {\n      return 1;\n    }'), 'a.js')).toEqual([]);
  });
});

it('tells equal values of an enum in words of their own', async () => {
  const text = 'export enum Status {\n  TooLarge = 413,\n  ContentTooLarge = 413,\n}\n';
  const { hits } = await lint([sourceFile('src/status.ts', text)]);

  expect(hits).toMatchObject([{ rule: 'likely-bug', severity: 'info' }]);
  expect(hits[0]?.message).not.toContain('``');
});
