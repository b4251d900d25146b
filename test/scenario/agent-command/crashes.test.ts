import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { AgentRequest } from '../../../lib/ports/agent-provider.ts';
import {
  isRunning,
  startWorkplace,
  untilEnded,
  untilThere,
  type Workplace,
} from './command-fixture.ts';
import type { HostOptions } from './start-agent.ts';

const host = fileURLToPath(new URL('./start-agent.ts', import.meta.url));

/** Starts an agent run in a host of its own, and kills that as soon as its folder looks like this. */
async function startInKilledHost(
  { folder, server, storeFile }: Workplace,
  request: AgentRequest,
  when: (names: string[]) => boolean,
): Promise<void> {
  const token = Buffer.from('x-access-token:github_pat_of-ada').toString('base64');
  const url = `${server.serverUrl}/acme/shop.git`;
  const options: HostOptions = {
    folder,
    store: storeFile,
    url,
    header: `authorization: basic ${token}`,
    request,
  };
  const child = spawn(process.execPath, [host, JSON.stringify(options)], { stdio: 'inherit' });
  const own = [join(folder, request.id), join(folder, 'work', request.id)];
  const names = () => own.filter((path) => existsSync(path)).flatMap((path) => readdirSync(path));
  while (!when(names())) await pause(1);
  child.kill('SIGKILL');
}

test('an agent runs once, whenever the host that starts it is killed', async () => {
  const workplace = await startWorkplace();
  const { connect, request } = workplace;
  const moments = [
    (names: string[]) => names.some((name) => /^(?:draft-|clone)/.test(name)),
    (names: string[]) => names.includes('order.json'),
  ];

  const starts = await Promise.all(
    moments.map(async (when) => {
      const mark = join(temporaryFolder(), 'starts');
      const prompt = `echo $$ >> ${mark}; sleep 0.5; echo Done.`;
      const asked = request({ prompt, mayChangeCode: false });
      await startInKilledHost(workplace, asked, when);
      const next = connect();
      await next.start(asked);
      const { text } = await untilEnded(next, asked.id);
      return { text, starts: readFileSync(mark, 'utf8').trim().split('\n').length };
    }),
  );

  expect(starts).toEqual(moments.map(() => ({ text: 'Done.\n', starts: 1 })));
});

test('an agent that nobody watches over any more is lost, and ended', async () => {
  const { folder, provider, request } = await startWorkplace();
  const mark = join(temporaryFolder(), 'pid');
  const asked = request({ prompt: `echo $$ > ${mark}; sleep 60` });
  await provider.start(asked);
  const pid = await untilThere(mark);
  const { pid: supervisor } = JSON.parse(
    readFileSync(join(folder, asked.id, 'claim.json'), 'utf8'),
  );

  process.kill(supervisor, 'SIGKILL');

  const view = await untilEnded(provider, asked.id);
  expect(view).toMatchObject({ state: 'failed', status: 'lost', pullRequests: [] });
  expect(view.problem).toContain('It got lost');
  await expect.poll(() => isRunning(pid)).toBe(false);
});
