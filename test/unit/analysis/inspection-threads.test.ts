import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createInspectionThreads } from '../../../lib/analysis/inspection-threads.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { sourceFile } from '../../builders/source-file.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const files = [sourceFile('a.py', 'import os\n')];
const never = new AbortController().signal;

function threadsRunning(text: string) {
  const folder = folderWith({ 'thread.mjs': text });
  const threads = createInspectionThreads(pathToFileURL(join(folder, 'thread.mjs')));
  onTestFinished(() => threads.close());
  return threads;
}

test('inspect on a thread of their own', async () => {
  const threads = createInspectionThreads();
  onTestFinished(() => threads.close());
  const { facts, hits } = await threads.inspectFiles(files, never);
  expect(facts).toMatchObject([{ path: 'a.py' }]);
  expect(hits).toContainEqual(expect.objectContaining({ rule: 'unused-import' }));
});

test.each([
  ['cannot be loaded', 'syntax error here'],
  ['throws', 'export function inspectFiles() { throw new Error("broken"); }'],
  ['dies', 'export function inspectFiles() { process.exit(3); }'],
])('a thread that %s fails its job, not the process', async (_, text) => {
  const threads = threadsRunning(text);
  const failure = await threads.inspectFiles(files, never).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UpstreamError);
  expect(failure).toMatchObject({ retryable: true });
});

test('a job that hangs is ended from outside, and the next one finds a thread', async () => {
  const threads = threadsRunning(
    'export function inspectFiles(files) { while (files.length > 0); return "done"; }',
  );
  const controller = new AbortController();
  const hanging = threads.inspectFiles(files, controller.signal);
  controller.abort(new Error('too long'));
  await expect(hanging).rejects.toThrow('too long');
  expect(await threads.inspectFiles([], never)).toBe('done');
});
