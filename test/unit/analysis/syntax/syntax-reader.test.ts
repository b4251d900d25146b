import { describe, expect, it } from 'vitest';
import { readPython, readReference, readTypescript } from './reading.ts';

describe('size of a file', () => {
  it('counts lines, and those with code on them', () => {
    const text = '# only a comment\r\n\r\nx = 1  # beside code\r\n"""\r\ntext\r\n"""\r\n';

    expect(readPython(text).facts).toMatchObject({ lines: 6, codeLines: 4, bytes: text.length });
  });

  it('sees through block comments', () => {
    const text = '/* a\n\n b */\nlet x; /* c\nd */ let y;\n// e\n';

    expect(readTypescript(text).facts).toMatchObject({ lines: 6, codeLines: 2 });
  });

  it('is nothing for an empty file', () => {
    const { facts, hits } = readPython('');

    expect(facts).toMatchObject({ lines: 0, codeLines: 0, bytes: 0, syntaxError: null });
    expect(hits).toEqual([]);
  });
});

describe('documentation of a file', () => {
  it('is a docstring or a leading comment, and no licence', () => {
    expect(readPython('"""Doc."""\n').facts.documented).toBe(true);
    expect(readPython('x = 1\n"""Doc."""\n').facts.documented).toBe(false);
    expect(readTypescript('/** Doc. */\nlet x;').facts.documented).toBe(true);
    expect(readTypescript('/* Copyright me */\nlet x;').facts.documented).toBe(false);
  });
});

describe('broken syntax', () => {
  it('is one hit, and the rest of the file still gives facts', () => {
    const { facts, hits } = readPython('import os\ndef f(:\n    return 1\ndef g(): return 2\n');

    expect(hits.map(({ rule, line }) => [rule, line])).toEqual([['syntax-error', 2]]);
    expect(facts.syntaxError?.line).toBe(2);
    expect(facts.imports.map(({ specifier }) => specifier)).toEqual(['os']);
  });

  it.each([
    ['an unclosed block', 'export function f() {\n  if (a) {\n', 'typescript'],
    ['a merge conflict', '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n', 'python'],
    ['binary bytes', 'x = "a\0b"\n\0\0\u0001', 'python'],
  ])('is told for %s', (_, text, language) => {
    const { facts } = language === 'python' ? readPython(text) : readTypescript(text);

    expect(facts.syntaxError).not.toBeNull();
  });

  it('is not a byte order mark, nor an unpaired surrogate', () => {
    expect(readPython('\uFEFFimport os\r\n').facts).toMatchObject({
      syntaxError: null,
      imports: [{ specifier: 'os', line: 1 }],
    });
    expect(readTypescript('\uFEFFconst x = "\ud800";').facts.syntaxError).toBeNull();
  });
});

describe('extreme input', () => {
  it.each([
    ['nested brackets', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['brackets that nobody closes', '('.repeat(10_000)],
    ['nested calls', `x = ${'f('.repeat(10_000)}${')'.repeat(10_000)}`],
    ['a chain of calls', `x${'.a()'.repeat(10_000)}`],
    ['a long sum', `x = ${'a + '.repeat(10_000)}b`],
    ['a line of a megabyte', `x = "${'a'.repeat(1_000_000)}"`],
    ['noise', '}{)(*&^%$#@!~`'.repeat(1000)],
  ])('ends in facts: %s', (_, text) => {
    expect(readPython(text).facts.bytes).toBe(text.length);
    expect(readTypescript(text).facts.bytes).toBe(text.length);
  });

  it('keeps names that every object has', () => {
    const { identifiers } = readTypescript('a.constructor(b.__proto__);').facts;

    expect(Object.entries(identifiers)).toContainEqual(['constructor', 1]);
    expect(Object.entries(identifiers)).toContainEqual(['__proto__', 1]);
  });
});

describe('files outside the component', () => {
  it('give what references need, without calls and hits', () => {
    const { facts, hits } = readReference(
      'src/other.ts',
      "import { a } from './a.ts';\nif (a) fetch(process.env.B, eval(x), 'word');\ntry { a(); } catch {}\n",
    );

    expect(facts).toMatchObject({ inComponent: false, calls: [], environment: [] });
    expect(facts.imports).toHaveLength(1);
    expect(facts.identifiers).toMatchObject({ a: 2 });
    expect(facts.stringWords).toEqual(['word']);
    expect(hits).toEqual([]);
  });
});

describe('tests of the component', () => {
  it('are not asked for what only matters in production', () => {
    const text = 'async function f() {\n  try { await g(); } catch {}\n}\n';

    expect(readTypescript(text, 'src/a.ts').hits).toHaveLength(1);
    expect(readTypescript(text, 'src/a.test.ts').hits).toEqual([]);
  });
});
