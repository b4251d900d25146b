import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { isRunning, startWorkplace, untilEnded, untilThere } from './command-fixture.ts';

const answersOnly = { mayChangeCode: false } as const;
const soon = () => new Date(Date.now() + 1_500).toISOString();

test('an agent sees nothing of the host but what was named', async () => {
  const secrets = { GITHUB_TOKEN: 'ghp_of-the-host', LINEAR_API_KEY: 'lin_api_of-the-host' };
  const { folder, run } = await startWorkplace({
    environment: { ...secrets, ANTHROPIC_API_KEY: 'sk-named', LC_ALL: 'C.UTF-8' },
    settings: { environment: ['ANTHROPIC_API_KEY'] },
  });

  const view = await run({ ...answersOnly, prompt: 'env -0 | sort -z; cat .git/config' });

  const [config = '', ...variables] = (view.text ?? '').split('\0').toReversed();
  const names = new Set(variables.map((variable) => variable.split('=')[0] ?? ''));
  // A shell adds these by itself.
  for (const name of ['OLDPWD', 'PWD', 'SHLVL', '_']) names.delete(name);
  const passed = ['ANTHROPIC_API_KEY', 'HOME', 'LC_ALL', 'PATH', 'TERM', 'TMPDIR'];
  expect(names).toEqual(new Set(passed));
  expect(config).toContain('[remote "origin"]');
  const token = 'github_pat_of-ada';
  const tokens = [token, Buffer.from(`x-access-token:${token}`).toString('base64'), 'of-the-host'];
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const content = readFileSync(join(file.parentPath, file.name), 'latin1');
    expect(tokens.filter((secret) => content.includes(secret))).toEqual([]);
  }
});

test('says how an agent has failed', async () => {
  const { run } = await startWorkplace();
  const agents = [
    { ...answersOnly, prompt: 'echo half; echo "no credit \\033[31m left" >&2; exit 3' },
    { ...answersOnly, prompt: 'kill -KILL $$' },
    { ...answersOnly, prompt: 'echo thinking; sleep 60 & sleep 60', deadline: soon() },
  ];

  const [failed, killed, late] = await Promise.all(agents.map(run));

  expect(failed).toMatchObject({ state: 'failed', status: 'exit 3', text: 'half\n' });
  expect(failed?.problem).toBe(
    'It has failed with exit code 3. It says: no credit \ufffd[31m left',
  );
  expect(killed).toMatchObject({ state: 'failed', status: 'SIGKILL', text: null });
  expect(late).toMatchObject({ state: 'timed-out', text: 'thinking\n' });
});

test('ends an agent that prints too much, and takes 10 MB from one that may', async () => {
  const [tight, wide] = await Promise.all([
    startWorkplace({ settings: { outputMegabytes: 1 } }),
    startWorkplace({ settings: { outputMegabytes: 12 } }),
  ]);

  const [flood, much] = await Promise.all([
    tight.run({ ...answersOnly, prompt: 'trap "" TERM; yes "ünïcode"' }),
    wide.run({ ...answersOnly, prompt: 'yes "0123456789abcdefghi" | head -c 10000000' }),
  ]);

  expect(flood).toMatchObject({ state: 'failed', status: 'output' });
  expect(flood.problem).toContain('more than 1 MB (agents.command.outputMegabytes)');
  expect(Buffer.byteLength(flood.text ?? '')).toBeLessThanOrEqual(1_000_000);
  expect(much).toMatchObject({ state: 'succeeded', problem: null });
  expect(much.text).toHaveLength(10_000_000);
});

test('leaves no process of an agent behind, not even one that has gone away', async () => {
  const { provider, request, run } = await startWorkplace();
  const pids = join(temporaryFolder(), 'pids');
  const forks = `(trap "" TERM; sleep 60) & echo $! >> ${pids}; setsid sh -c 'echo $$ >> ${pids}; sleep 60' &`;
  const ended = await run({ ...answersOnly, prompt: `${forks} sleep 0.3; echo Done.` });
  const { providerId } = await provider.start(
    request({ ...answersOnly, prompt: `${forks} echo $$ >> ${pids}; sleep 60` }),
  );
  await expect.poll(() => readFileSync(pids, 'utf8').trim().split('\n')).toHaveLength(5);

  await provider.cancel?.(providerId);

  const cancelled = await untilEnded(provider, providerId);
  const all = readFileSync(pids, 'utf8').trim().split('\n');
  expect(ended).toMatchObject({ state: 'succeeded', text: 'Done.\n' });
  expect(cancelled).toMatchObject({ state: 'cancelled', status: 'cancel' });
  expect(all.filter(isRunning)).toEqual([]);
});

test('tells what an agent has printed, line by line', async () => {
  const { provider, request } = await startWorkplace();
  const said = join(temporaryFolder(), 'said');
  const prompt = `echo one; echo two >&2; printf 'thr\\nee'; touch ${said}; sleep 60`;
  const { providerId, state } = await provider.start(request({ ...answersOnly, prompt }));
  await untilThere(said);

  const page = await provider.logs?.(providerId, { skip: 1, limit: 2 });

  expect(state).toBe('running');
  expect(page?.total).toBe(4);
  expect(page?.entries).toHaveLength(2);
  await provider.cancel?.(providerId);
});

test('says what is missing on this machine', async () => {
  const { provider, request } = await startWorkplace({
    settings: { run: ['no-such-agent', '-p'] },
  });
  const ready = await startWorkplace();

  const message = /"no-such-agent" .* is not on the PATH of the host/;
  await expect(provider.probe()).rejects.toThrow(message);
  await expect(provider.start(request())).rejects.toThrow(message);
  await expect(ready.provider.probe()).resolves.toMatchObject({
    account: expect.stringMatching(/^\/\S+\/sh, with git \d+\.\d+\S* \(\/\S+\/git\)$/),
  });
});
