import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inspectDivided } from '../../../lib/analysis/divided-inspection.ts';
import { createInspectionThreads } from '../../../lib/analysis/inspection-threads.ts';
import { withConfirmedSyntaxErrors } from '../../../lib/analysis/linters/confirmed-syntax-errors.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { sourceFile } from '../../builders/source-file.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** Inspects by threads that do a statement for each file and tell its path as a note. */
function inspectBy(statement: string, files: ReturnType<typeof sourceFile>[]) {
  const text = `export function inspectFiles(files) {
    for (const { path } of files) { ${statement} }
    return { facts: files, hits: [], notes: files.map(({ path }) => path) };
  }`;
  const folder = folderWith({ 'thread.mjs': text });
  const threads = createInspectionThreads(pathToFileURL(join(folder, 'thread.mjs')));
  onTestFinished(() => threads.close());
  const { signal } = new AbortController();
  // Long enough for a thread to start on a busy machine, where only the culprit may be left out.
  return inspectDivided(threads, files, {
    jobMilliseconds: 1_000,
    fileMilliseconds: 3_000,
    signal,
  });
}

const files = ['a.ts', 'bad.ts', 'c.ts'].map((path) => sourceFile(path, 'export const a = b;'));

test.each([
  ['hangs', 'while (path === "bad.ts");', 'did not end within 3 s'],
  ['throws', 'if (path === "bad.ts") throw new Error("broken");', 'broken'],
  ['ends its thread', 'if (path === "bad.ts") process.exit(3);', 'exited with code: 3'],
])('a file that %s is left out, and the others are inspected', async (_, statement, reason) => {
  const { facts, notes, leftOut } = await inspectBy(statement, files);

  expect(facts.map(({ path }) => path)).toEqual(['a.ts', 'bad.ts', 'c.ts']);
  expect(facts[1]).toMatchObject({ syntaxError: { line: 1 }, identifiers: { a: 1, b: 1 } });
  expect(notes).toEqual(['a.ts', expect.stringContaining(reason), 'c.ts']);
  expect(leftOut).toEqual([
    expect.objectContaining({ rule: 'syntax-error', path: 'bad.ts', line: 1 }),
  ]);
});

test('a file outside the component is left out without a hit', async () => {
  const outside = sourceFile('bad.ts', '', false);
  const { leftOut, notes } = await inspectBy('throw new Error("broken");', [outside]);
  expect(leftOut).toEqual([]);
  expect(notes).toHaveLength(1);
});

test('threads that fail without a file fail the inspection', async () => {
  const broken = inspectBy('} throw new Error("no parser"); {', files);
  await expect(broken).rejects.toThrow(UpstreamError);
  await expect(broken).rejects.toThrow('no parser');
});

test('the error of a file that was left out needs no second parser', () => {
  const hit = { rule: 'syntax-error', path: 'bad.ts', line: 1, message: 'It hangs.' };
  const linted = { hits: [], notes: [], unlintable: ['bad.ts'], leftOut: [hit] };
  expect(withConfirmedSyntaxErrors([], linted)).toEqual([hit]);
});
