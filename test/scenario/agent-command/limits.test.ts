import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { isRunning, startWorkplace, untilEnded, untilThere } from './command-fixture.ts';

const answersOnly = { mayChangeCode: false } as const;

test('an agent sees nothing of the host but what was named', async () => {
  const secrets = { GITHUB_TOKEN: 'ghp_of-the-host', LINEAR_API_KEY: 'lin_api_of-the-host' };
  const { folder, run } = await startWorkplace({
    environment: { ...secrets, ANTHROPIC_API_KEY: 'sk-named-1234', LC_ALL: 'C.UTF-8' },
    settings: { environment: ['ANTHROPIC_API_KEY'] },
  });

  const view = await run({ ...answersOnly, prompt: 'env -0 | sort -z; cat .git/config' });

  expect(view.text).toContain('ANTHROPIC_API_KEY=[ANTHROPIC_API_KEY]');
  const [config = '', ...variables] = (view.text ?? '').split('\0').toReversed();
  const names = new Set(variables.map((variable) => variable.split('=')[0] ?? ''));
  // A shell adds these by itself.
  for (const name of ['OLDPWD', 'PWD', 'SHLVL', '_']) names.delete(name);
  const passed = [
    'ANTHROPIC_API_KEY',
    'CICD_AGENT_RUN',
    'HOME',
    'LC_ALL',
    'PATH',
    'TERM',
    'TMPDIR',
  ];
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

test('ends an agent that prints too much, and takes 10 MB from one that may', async () => {
  const [tight, wide] = await Promise.all([
    startWorkplace({ settings: { outputMegabytes: 1 } }),
    startWorkplace({ settings: { outputMegabytes: 12 } }),
  ]);

  const [flood, much] = await Promise.all([
    tight.run({ ...answersOnly, prompt: 'yes "ünïcode"' }),
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
  const note = `echo $$ >> ${pids}`;
  const stubborn = `sh -c '${note}; trap "" TERM; sleep 60' &`;
  const gone = `setsid sh -c '${note}; sleep 60' &`;
  const listed = () => readFileSync(pids, 'utf8').trim().split('\n');
  const { providerId } = await provider.start(
    request({ ...answersOnly, prompt: `${gone} ${note}; sleep 60` }),
  );
  await untilThere(pids);

  const [ended] = await Promise.all([
    run({ ...answersOnly, prompt: `${stubborn} ${gone} sleep 0.3; echo Done.` }),
    provider.cancel?.(providerId),
  ]);

  const cancelled = await untilEnded(provider, providerId);
  expect(ended).toMatchObject({ state: 'succeeded', text: 'Done.\n' });
  expect(cancelled).toMatchObject({ state: 'cancelled', status: 'cancel' });
  expect(listed().length).toBeGreaterThanOrEqual(3);
  expect(listed().filter(isRunning)).toEqual([]);
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
