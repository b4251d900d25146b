import { describe, expect, it } from 'vitest';
import { withConfirmedSyntaxErrors } from '../../../../lib/analysis/linters/confirmed-syntax-errors.ts';
import { lint } from '../../../../lib/analysis/linters/oxlint.ts';
import { sourceFile } from '../../../builders/source-file.ts';
import { readTypescript } from '../syntax/reading.ts';

async function rulesOf(text: string, path = 'src/module.ts'): Promise<string[]> {
  const { hits } = await lint([sourceFile(path, text)]);
  return hits.map(({ rule }) => rule);
}

function switchWith(between: string): string {
  return `export function f(a, b) {\n  switch (a) {\n    case 1:\n${between}    case 2:\n      b();\n  }\n}\n`;
}

const getter = (body: string) => `export const a = {\n  get b() {\n    ${body}\n  },\n};\n`;

describe('idioms of libraries', () => {
  it.each([
    ['a case with a comment alone', switchWith('      // leaves\n')],
    ['a getter that throws', getter("throw new Error('no');")],
    ['a getter that complains', getter("assert.fail('not to be read');")],
    ['a global of a runtime', 'export const pair = () => new WebSocketPair();\n'],
    [
      'a parameter that the comment tells of',
      'export class A {\n  /**\n   * @param {string} mode how\n   */\n  load(mode) {\n    return 1;\n  }\n}\n',
    ],
  ])('are no finding: %s', async (_name, text) => {
    expect(await rulesOf(text, 'src/module.js')).toEqual([]);
  });

  it.each([
    ['likely-bug', switchWith('      b();\n')],
    ['likely-bug', getter('this.c;')],
    ['undefined-name', 'export const pair = () => new WebSocketPear();\n'],
    [
      'unused-parameter',
      'export class A {\n  /**\n   * @param {string} other how\n   */\n  load(mode) {\n    return 1;\n  }\n}\n',
    ],
  ])('are none where the look is another: %s', async (rule, text) => {
    expect(await rulesOf(text, 'src/module.js')).toContain(rule);
  });

  it('are left to the compiler in declarations', async () => {
    const text = 'export type A = <B = {}>(c: B) => B;\nexport enum E { A = 1, B = 1 }\n';

    expect(await rulesOf(text, 'src/a.d.ts')).toEqual([]);
  });
});

async function errorsIn(text: string, path: string): Promise<string[]> {
  const { hits } = readTypescript(text, path);
  const linted = await lint([sourceFile(path, text)]);
  return withConfirmedSyntaxErrors(hits, linted).flatMap(({ rule }) =>
    rule === 'syntax-error' ? [rule] : [],
  );
}

describe('a syntax error', () => {
  it('is one where both parsers stop', async () => {
    expect(await errorsIn('export const a = (;\n', 'src/a.ts')).toEqual(['syntax-error']);
  });

  it.each([
    ['export function f(using) {\n  return { ...using };\n}\n', 'src/a.js'],
    ['export default function (): { a: string };\n', 'src/a.d.ts'],
  ])('is none where only our grammar is behind: %s', async (text, path) => {
    expect(readTypescript(text, path).facts.syntaxError).not.toBeNull();
    expect(await errorsIn(text, path)).toEqual([]);
  });
});
