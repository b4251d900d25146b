import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createEnvironmentSecrets } from '../../../../lib/adapters/environment/secret-store.ts';
import { setLogSink, type LogRecord } from '../../../../lib/runtime/logging.ts';
import { folderWith, temporaryFolder } from '../../../support/temporary-folder.ts';

const logged: LogRecord[] = [];
beforeEach(() => {
  logged.length = 0;
  setLogSink((record) => logged.push(record));
});

function secretsOf(text: string, environment: Record<string, string | undefined> = {}) {
  const envFile = join(folderWith({ '.env': text }), '.env');
  return { envFile, secrets: createEnvironmentSecrets({ environment, envFile }) };
}

test('values come from the file, the current one first', async () => {
  const { secrets } = secretsOf(
    'GITHUB_WEBHOOK_SECRET=new\nGITHUB_WEBHOOK_SECRET_PREVIOUS="old"\n',
  );
  expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['new', 'old']);
  expect(await secrets.get('LINEAR_WEBHOOK_SECRET')).toEqual([]);
});

test('the environment has precedence over the file', async () => {
  const { secrets } = secretsOf('GITHUB_TOKEN=file\nLINEAR_API_KEY=file\n', {
    GITHUB_TOKEN: 'environment',
    LINEAR_API_KEY: undefined,
  });
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['environment']);
  expect(await secrets.get('LINEAR_API_KEY')).toEqual(['file']);
});

test('a file that is not there is an empty one', async () => {
  const envFile = join(temporaryFolder(), '.env');
  const secrets = createEnvironmentSecrets({ environment: { GITHUB_TOKEN: 'set' }, envFile });
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['set']);
  expect(logged).toEqual([]);
});

test('the file is read again when it is asked for, not before', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=old\n');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['old']);

  writeFileSync(envFile, 'GITHUB_TOKEN=new\n');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['old']);
  expect(await secrets.refresh()).toBe(true);
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['new']);
});

test('whoever asks while the file is being read gets what it holds after that', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=1\n');
  const reading = secrets.refresh();
  const rounds = Array.from({ length: 5 }, async (_, round) => {
    await Promise.resolve();
    writeFileSync(envFile, `GITHUB_TOKEN=${round + 2}\n`);
    await secrets.refresh();
  });
  await Promise.all([reading, ...rounds]);
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['6']);
});

test('what was known stays when the file cannot be read, and that is logged once', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=known\n');
  await secrets.get('GITHUB_TOKEN');
  rmSync(envFile);
  mkdirSync(envFile);

  await secrets.refresh();
  await secrets.refresh();
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['known']);
  expect(logged.map(({ fields }) => fields)).toEqual([{ problems: '.env cannot be read: EISDIR' }]);
});

test('what was known stays when a value is wrong, which is named but not shown', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=known\n');
  await secrets.get('GITHUB_TOKEN');

  writeFileSync(envFile, 'GITHUB_TOKEN=other\nSLACK_WEBHOOK_URL=http://slack.example/hook\n');
  await secrets.refresh();
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['known']);
  const told = JSON.stringify(logged);
  expect(told).toContain('SLACK_WEBHOOK_URL');
  expect(told).not.toContain('slack.example');
  expect(told).not.toContain('other');
});
