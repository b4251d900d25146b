import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createHostRecords,
  type RunRequest,
} from '../../../../lib/adapters/command/host-records.ts';
import { publishOnce } from '../../../../lib/adapters/command/publish/publish-once.ts';
import { runPaths } from '../../../../lib/adapters/command/run-paths.ts';
import { openSqliteStore } from '../../../../lib/adapters/sqlite/store.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { keepLog } from '../../../support/keep-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const at = '2026-11-23T03:00:00.000Z';
const request: RunRequest = {
  id: '0f0e0d0c-0000-4000-8000-000000000000',
  title: 'code quality of lib',
  source: { kind: 'github', repository: 'acme/shop', ref: null },
  mayChangeCode: true,
  createdAt: at,
  base: 'c0ffee',
  order: { run: ['/bin/agent'], masked: [], mostOutput: 1, deadline: at },
};

/** Publishes where this is met. */
function publishMeeting(problem: Error) {
  const paths = runPaths(temporaryFolder(), request.id);
  const store = openSqliteStore(':memory:');
  onTestFinished(async () => await store.close());
  return publishOnce(
    { request, paths, endedAt: at },
    {
      records: createHostRecords(store),
      git: () => Promise.reject(problem),
      remotes: { of: () => Promise.reject(problem) },
      pullRequests: { open: () => Promise.reject(problem) },
    },
  );
}

test('errors of the machine are told by their code: their words go into the log', async () => {
  const records = keepLog();
  const file = join('/home/ada', 'records.json');
  const full = Object.assign(new Error(`ENOSPC: ${file}`), { code: 'ENOSPC' });

  const { problem } = await publishMeeting(full);

  expect(problem).toBe("Its changes could not be published (ENOSPC): the host's log says more.");
  expect(records).toMatchObject([
    {
      message: 'Changes were not published',
      fields: { agentRunId: request.id, error: full.message },
    },
  ]);
});

test('our own words are told as they are', async () => {
  const records = keepLog();
  const refused = new UpstreamError('Give the App the right.', {
    service: 'git',
    retryable: false,
  });

  const { isOver, problem } = await publishMeeting(refused);

  expect({ isOver, problem }).toEqual({
    isOver: true,
    problem: 'Its changes could not be published. Give the App the right.',
  });
  expect(records).toEqual([]);
});
