import { expect, test } from 'vitest';
import { explainRefusal } from '../../../../lib/adapters/github/requests/failures.ts';
import { explainSourceRefusal } from '../../../../lib/adapters/github/source/source-refusal.ts';
import { adviseOn } from '../../../../lib/domain/answers/failure-advice.ts';
import { ConfigError, UpstreamError } from '../../../../lib/domain/errors.ts';
import { lostError } from '../../../../lib/domain/run.ts';
import { createFolderSourceHost } from '../../../../lib/adapters/folder/source-host.ts';
import { collectFiles } from '../../../../lib/flows/component-analysis/collect-files.ts';
import { componentPaths } from '../../../../lib/flows/component-analysis/component-paths.ts';
import type { SourceListing } from '../../../../lib/ports/source-host.ts';

const run = { id: '3f2a91c0-7c1e-4d59-9f0a-2f6a1f0f9a55', input: {} };

/** What really is thrown, so that advice and message stay together. */
async function thrownBy(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown');
}

const read = async () => new TextEncoder().encode('x = 1\n');

function listing(paths: readonly string[]): SourceListing {
  return {
    commit: null,
    entries: (async function* () {
      for (const path of paths) yield { path, kind: 'file' as const, size: 6, read };
    })(),
  };
}

const source = { kind: 'github' as const, repository: 'acme/shop', ref: 'main' };
const refusal = { headers: {}, message: '' };
const asked = { subject: 'acme/shop', right: 'Contents: read', credential: 'token' as const };

test.each<[string, () => unknown, string]>([
  [
    'a component is too large',
    () =>
      collectFiles(listing(['lib/a.py']), componentPaths(['lib/**']), {
        maxFileBytes: 100,
        maxTotalBytes: 1,
      }),
    'fewer paths, or split it',
  ],
  [
    'a right is missing',
    () => Promise.reject(explainRefusal({ ...refusal, status: 403 }, asked)),
    '`cicd doctor`',
  ],
  [
    'credentials are not accepted',
    () => Promise.reject(explainRefusal({ ...refusal, status: 401 }, asked)),
    '`cicd doctor`',
  ],
  [
    'a repository is not there, or may not be seen',
    () => Promise.reject(explainSourceRefusal({ ...refusal, status: 404 }, source, 'token')),
    '`cicd doctor`',
  ],
  [
    'a branch is not there',
    () => Promise.reject(explainSourceRefusal({ ...refusal, status: 422 }, source, 'token')),
    'Check the names in `cicd.config.ts`',
  ],
  [
    'a folder is not there',
    () => createFolderSourceHost(null).open({ kind: 'folder', path: '/nowhere/at/all' }),
    'Correct `source`',
  ],
  ['a glob leads outside', () => componentPaths(['../other/**']), 'Correct `source` and the globs'],
  [
    'the configuration is wrong',
    () => Promise.reject(new ConfigError(['GITHUB_TOKEN: is wrong'])),
    'Correct the configuration and restart the host',
  ],
  [
    'a service fails in passing',
    () => Promise.reject(new UpstreamError('…', { service: 'github', retryable: true })),
    '`autonomous-cicd` starts such a run once more',
  ],
])('where %s', async (_what, work, words) => {
  const { message, name: type } = await thrownBy(work);
  expect(adviseOn({ message, type }, run)).toContain(words);
});

test.each([null, { type: 'RequestRejectedError', message: 'No.' }])(
  'else it leads to the log of the run: %o',
  (failure) => {
    expect(adviseOn(failure, run)).toContain('`cicd runs logs 3f2a91c0`');
  },
);

const issue = { kind: 'linear-issue', id: 'id of ENG-7', identifier: 'ENG-7' };
const labelAgain = 'remove the label from the issue and add it again';

test.each([
  ['UpstreamError', 'GitHub has failed (502).', '`cicd runs retry 3f2a91c0`, or '],
  [lostError, 'Lambda has accepted this run and not begun it.', '`cicd runs retry 3f2a91c0`, or '],
  ['ConfigError', 'GITHUB_TOKEN: is wrong', '`cicd runs retry 3f2a91c0`, or '],
  ['RequestRejectedError', 'No.', '`cicd runs retry 3f2a91c0`, or '],
  ['RequestRejectedError', 'There is no folder /src.', 'ask for the analysis again: '],
])('says to whoever asked in an issue how to ask again: %s, %s', (type, message, words) => {
  const fromIssue = { ...run, input: { origin: issue } };
  expect(adviseOn({ type, message }, fromIssue)).toContain(`${words}${labelAgain}.`);
  expect(adviseOn({ type, message }, run)).not.toContain('label');
});

test('says to whoever asked in a session how to ask again', () => {
  const origin = { kind: 'linear-session', id: 'session-1', identifier: null };
  const fromSession = { ...run, input: { origin } };
  const failure = { type: 'UpstreamError', message: 'GitHub has failed (502).' };
  expect(adviseOn(failure, fromSession)).toContain(
    '`cicd runs retry 3f2a91c0`, or write `again` in the session.',
  );
});
