import { describe, expect, it } from 'vitest';
import { readTypescript, typescriptFacts } from './reading.ts';

describe('imports of TypeScript', () => {
  it('tell default, named, whole and type-only imports apart', () => {
    const { imports } = typescriptFacts(
      [
        "import fs, { readFile as rf, type Stats } from 'node:fs';",
        "import type { A } from './a.ts';",
        "import { type B } from './b.ts';",
        "import * as ns from './ns.ts';",
        "import './side.ts';",
        "import q = require('w');",
      ].join('\n'),
    );

    expect(imports.map(({ specifier, names, kind }) => [specifier, kind, names])).toEqual([
      [
        'node:fs',
        'static',
        [
          { name: 'default', local: 'fs' },
          { name: 'readFile', local: 'rf' },
          { name: 'Stats', local: 'Stats' },
        ],
      ],
      ['./a.ts', 'type-only', [{ name: 'A', local: 'A' }]],
      ['./b.ts', 'type-only', [{ name: 'B', local: 'B' }]],
      ['./ns.ts', 'static', [{ name: '*', local: 'ns' }]],
      ['./side.ts', 'static', []],
      ['w', 'static', [{ name: '*', local: 'q' }]],
    ]);
  });

  it('tell re-exports, and those of types only', () => {
    const { imports, exports } = typescriptFacts(
      [
        "export { a as b } from './x.ts';",
        "export * from './y.ts';",
        "export * as z from './z.ts';",
        "export type { T } from './t.ts';",
        "export type * from './u.ts';",
      ].join('\n'),
    );

    expect(imports.map(({ specifier, kind }) => [specifier, kind])).toEqual([
      ['./x.ts', 're-export'],
      ['./y.ts', 're-export'],
      ['./z.ts', 're-export'],
      ['./t.ts', 'type-only'],
      ['./u.ts', 'type-only'],
    ]);
    expect(exports.map(({ name, from }) => [name, from])).toEqual([
      ['b', './x.ts'],
      ['*', './y.ts'],
      ['z', './z.ts'],
      ['T', './t.ts'],
      ['*', './u.ts'],
    ]);
  });

  it('read require and import() with the names that they give', () => {
    const { imports } = readTypescript(
      [
        "const { a, b: c } = require('cjs');",
        "const sub = require('lib').sub;",
        "async function f() { const { k } = await import('./late.js'); }",
        "if (x) require('maybe');",
        'require(name);',
      ].join('\n'),
      'src/module.cjs',
    ).facts;

    expect(imports).toEqual([
      {
        specifier: 'cjs',
        names: [
          { name: 'a', local: 'a' },
          { name: 'b', local: 'c' },
        ],
        line: 1,
        kind: 'static',
        deferred: false,
      },
      {
        specifier: 'lib',
        names: [{ name: 'sub', local: 'sub' }],
        line: 2,
        kind: 'static',
        deferred: false,
      },
      {
        specifier: './late.js',
        names: [{ name: 'k', local: 'k' }],
        line: 3,
        kind: 'dynamic',
        deferred: true,
      },
      { specifier: 'maybe', names: [], line: 4, kind: 'static', deferred: true },
    ]);
  });
});

describe('exports of TypeScript and JavaScript', () => {
  it('name declarations, lists and the default', () => {
    const { exports } = typescriptFacts(
      [
        'export const a = 1, { b, c: d } = x;',
        'export default function main() {}',
        'function e() {}',
        'export { e as f };',
        'export interface G {}',
        'namespace N { export const hidden = 1; }',
      ].join('\n'),
    );

    expect(exports.map(({ name, local }) => [name, local])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['d', 'd'],
      ['default', 'main'],
      ['f', 'e'],
      ['G', 'G'],
    ]);
  });

  it('include those of CommonJS', () => {
    const { exports } = readTypescript(
      'module.exports = { a, b: c };\nexports.one = function () {};\nmodule.exports.two = d;\n',
      'src/module.cjs',
    ).facts;

    expect(exports.map(({ name, local }) => [name, local])).toEqual([
      ['a', 'a'],
      ['b', 'c'],
      ['one', 'one'],
      ['two', 'd'],
    ]);
  });
});

describe('definitions of TypeScript', () => {
  it('name functions in whichever way they are written', () => {
    const { definitions } = typescriptFacts(
      [
        'function a() { function inner() {} }',
        'const b = async (x) => x, limit = 3;',
        'export class C extends D<E> implements F {',
        '  constructor(private readonly o: O) {}',
        '  @Get() m({ p }: Q, ...rest: R[]) {}',
        '  handler = () => 1;',
        '  private hidden() { return 2; }',
        '  abstract z(): void;',
        '}',
        'type T = string;',
      ].join('\n'),
    );

    expect(definitions.map((fact) => [fact.qualifiedName, fact.kind, fact.exported])).toEqual([
      ['a', 'function', false],
      ['a.inner', 'function', false],
      ['b', 'function', false],
      ['limit', 'variable', false],
      ['C', 'class', true],
      ['C.constructor', 'method', true],
      ['C.m', 'method', true],
      ['C.handler', 'method', true],
      ['C.hidden', 'method', false],
      ['C.z', 'method', true],
      ['T', 'type', false],
    ]);
    expect(definitions[4]).toMatchObject({ bases: ['D', 'F'] });
    expect(definitions[6]).toMatchObject({ decorators: ['Get'], parameters: ['{ p }', 'rest'] });
    expect(definitions[9]).toMatchObject({ stub: true });
  });

  it('measure the paths and the depth of each function alone', () => {
    const { definitions } = typescriptFacts(
      [
        'function f(a) {',
        '  if (a && b) { for (const x of a) { if (x) y(); } } else if (c) {} else {}',
        '  switch (a) { case 1: break; default: z(); }',
        '  const g = () => (a ? 1 : 2);',
        '}',
      ].join('\n'),
    );

    expect(definitions.map(({ complexity, nesting }) => [complexity, nesting])).toEqual([
      [7, 3],
      [2, 0],
    ]);
  });

  it('see the comment on a declaration, and no directive for tools', () => {
    const { definitions } = typescriptFacts(
      [
        '/** Loads. */',
        'export const load = () => 1;',
        '',
        '// oxlint-disable-next-line no-eval',
        'function a() {}',
        '/** Of nothing. */',
        '',
        '',
        'function b() {}',
      ].join('\n'),
    );

    expect(definitions.map(({ documented }) => documented)).toEqual([true, false, false]);
  });
});

describe('identifiers of TypeScript', () => {
  it('count reads, not definitions, bindings, imports and exports', () => {
    const { identifiers } = typescriptFacts(
      [
        "import { a } from './a.ts';",
        'const { b, c: d = a } = make();',
        'function f(p: T) { for (const i of p) use(i, { b }); }',
        'export { f };',
      ].join('\n'),
    );

    expect(identifiers).toEqual({ a: 1, make: 1, T: 1, p: 1, use: 1, i: 1, b: 1, c: 1 });
  });
});

describe('calls of TypeScript', () => {
  it('resolve imports and follow objects to their makers', () => {
    const { calls } = typescriptFacts(
      [
        "import fs from 'node:fs';",
        "import { Pool } from 'pg';",
        "import { S3Client as S3 } from '@aws-sdk/client-s3';",
        "fs.readFileSync('a', { encoding: 'utf8' });",
        'class Store {',
        '  #pool = new Pool();',
        '  s3 = new S3({});',
        '  async load() {',
        '    await this.s3.send(x);',
        '    return (await fetch(`https://h/${id}`)).json();',
        '  }',
        '}',
      ].join('\n'),
    );

    expect(
      calls.map(({ callee, receiverOrigin, literal }) => [callee, receiverOrigin, literal]),
    ).toEqual([
      ['node:fs.readFileSync', null, 'a'],
      ['pg.Pool', null, null],
      ['@aws-sdk/client-s3.S3Client', null, null],
      ['this.s3.send', '@aws-sdk/client-s3.S3Client', null],
      ['fetch().json', 'fetch', null],
      ['fetch', null, 'https://h/…'],
    ]);
    expect(calls[0]).toMatchObject({ options: ['encoding'] });
    expect(calls[3]).toMatchObject({ enclosing: 'Store.load' });
  });

  it('say what becomes of an error', () => {
    const { calls } = typescriptFacts(
      [
        'async function f() {',
        '  try { await handled(); } catch (e) { log(e); }',
        '  try { await swallowed(); each(() => free()); } catch { return null; }',
        '  try { await retry(() => retried()); } catch (e) { log(e); }',
        '  await dropped().catch(() => {});',
        '  await caught().catch(report);',
        '  try { open(); } finally { close(); }',
        '}',
      ].join('\n'),
    );
    const guards = Object.fromEntries(calls.map(({ callee, guarded }) => [callee, guarded]));

    expect(guards).toMatchObject({
      handled: 'handled',
      swallowed: 'swallowed',
      free: 'no',
      retried: 'handled',
      dropped: 'swallowed',
      caught: 'handled',
      open: 'no',
    });
  });
});

describe('environment of TypeScript', () => {
  it('is read by property, by index and by destructuring', () => {
    const { environment } = typescriptFacts(
      [
        "import { env } from 'node:process';",
        'const { A, B: b = 1 } = process.env;',
        "process.env.C ?? 'x';",
        "process.env['D'];",
        'process.env[name];',
        "process.env.W = '1';",
        'import.meta.env.E;',
        'env.F;',
      ].join('\n'),
    );

    expect(environment.map(({ name, hasDefault }) => [name, hasDefault])).toEqual([
      ['A', false],
      ['B', true],
      ['C', true],
      ['D', false],
      ['*', false],
      ['E', false],
      ['F', false],
    ]);
  });
});

describe('dialects', () => {
  it('reads JSX in .tsx, and casts by angle brackets in .ts', () => {
    const tsx = readTypescript('export const A = () => <b x={load()}>y</b>;', 'a.tsx');
    const ts = readTypescript('const a = <B>load();');

    expect(tsx.facts).toMatchObject({ syntaxError: null, calls: [{ callee: 'load' }] });
    expect(ts.facts).toMatchObject({ syntaxError: null, calls: [{ callee: 'load' }] });
  });

  it('reads type parameters right after an opening bracket', () => {
    const { facts } = readTypescript('x.to<<C extends number>(c: C) => C>();');

    expect(facts.syntaxError).toBeNull();
    expect(readTypescript('x.to<<C extends number;').facts.syntaxError).not.toBeNull();
  });

  it('reads the variance of type parameters, which the grammar does not know', () => {
    const { facts } = readTypescript(
      'interface A<\n  // a cast\n  out T = unknown,\n  in out U extends B = C,\n> { a: T }',
    );

    expect(facts.syntaxError).toBeNull();
  });
});
