import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createInspectionThreads } from '../../../lib/analysis/inspection-threads.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { sourceFile } from '../../builders/source-file.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const files = [sourceFile('a.py', 'import os\n')];
const limits = { milliseconds: 60_000, signal: new AbortController().signal };

function threadsRunning(text: string) {
  const folder = folderWith({ 'thread.mjs': text });
  const threads = createInspectionThreads(pathToFileURL(join(folder, 'thread.mjs')));
  onTestFinished(() => threads.close());
  return threads;
}

test('inspect on a thread of their own', async () => {
  const threads = createInspectionThreads();
  onTestFinished(() => threads.close());
  const outcome = await threads.inspectFiles(files, limits);
  const { facts, hits } = outcome.kind === 'done' ? outcome.result : {};
  expect(facts).toMatchObject([{ path: 'a.py' }]);
  expect(hits).toContainEqual(expect.objectContaining({ rule: 'unused-import' }));
});

test('a thread that cannot start fails its job, not the process', async () => {
  const threads = threadsRunning('syntax error here');
  const failure = await threads.inspectFiles(files, limits).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UpstreamError);
  expect(failure).toMatchObject({ retryable: true });
});

test.each([
  ['throws', 'throw new Error("broken");', 'broken'],
  ['dies', 'process.exit(3);', 'worker exited with code: 3'],
])('a job that %s is told from one that is done', async (_, statement, reason) => {
  const threads = threadsRunning(`export function inspectFiles() { ${statement} }`);
  expect(await threads.inspectFiles(files, limits)).toEqual({ kind: 'failed', reason });
});

const hangingOnFiles =
  'export function inspectFiles(files) { while (files.length > 0); return "done"; }';

test('a job that hangs is ended from outside, and the next one finds a thread', async () => {
  const threads = threadsRunning(hangingOnFiles);
  const controller = new AbortController();
  const hanging = threads.inspectFiles(files, { ...limits, signal: controller.signal });
  controller.abort(new Error('too long'));
  await expect(hanging).rejects.toThrow('too long');
  expect(await threads.inspectFiles([], limits)).toEqual({ kind: 'done', result: 'done' });
});

test('jobs that hang end by their limit, and those that wait for a thread lose no time', async () => {
  const threads = threadsRunning(hangingOnFiles);
  const hanging = Array.from({ length: 5 }, () =>
    threads.inspectFiles(files, { ...limits, milliseconds: 100 }),
  );
  const last = threads.inspectFiles([], limits);
  expect(await Promise.all(hanging)).toEqual(hanging.map(() => ({ kind: 'hung' })));
  expect(await last).toEqual({ kind: 'done', result: 'done' });
});
