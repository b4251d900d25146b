import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

test.each(['', '  '])(
  'an empty variable of the environment, %j, hides none of the file',
  async (empty) => {
    const { secrets } = secretsOf('GITHUB_TOKEN=file\nLINEAR_API_KEY_PREVIOUS=old\n', {
      GITHUB_TOKEN: empty,
      LINEAR_API_KEY: 'environment',
      LINEAR_API_KEY_PREVIOUS: empty,
    });
    expect(await secrets.get('GITHUB_TOKEN')).toEqual(['file']);
    expect(await secrets.get('LINEAR_API_KEY')).toEqual(['environment', 'old']);
  },
);

test('a file that is not there is an empty one', async () => {
  const envFile = join(temporaryFolder(), '.env');
  const secrets = createEnvironmentSecrets({ environment: { GITHUB_TOKEN: 'set' }, envFile });
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['set']);
  expect(logged).toEqual([]);
});

test('the file is read again once it has changed, also to as many bytes', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=old\n');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['old']);

  const draft = `${envFile}.new`;
  writeFileSync(draft, 'GITHUB_TOKEN=new\n');
  renameSync(draft, envFile);
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['new']);
  rmSync(envFile);
  expect(await secrets.get('GITHUB_TOKEN')).toEqual([]);
  writeFileSync(envFile, 'GITHUB_TOKEN=later\n');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['later']);
});

test('the file is read again when it is asked for', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=old\n');
  await secrets.get('GITHUB_TOKEN');

  writeFileSync(envFile, 'GITHUB_TOKEN=new\n');
  expect(await secrets.refresh()).toBe(true);
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['new']);
});

test.each(['', '# nothing yet\n'])(
  'a file that is saved by being emptied first loses no secret: %j',
  async (emptied) => {
    const envFile = join(folderWith({ '.env': 'GITHUB_TOKEN=old\n' }), '.env');
    const untilSaved = async () => writeFileSync(envFile, 'GITHUB_TOKEN=new\n');
    const secrets = createEnvironmentSecrets({ environment: {}, envFile, untilSaved });
    expect(await secrets.get('GITHUB_TOKEN')).toEqual(['old']);

    writeFileSync(envFile, emptied);
    expect(await secrets.get('GITHUB_TOKEN')).toEqual(['new']);
  },
);

test('a file that stays empty holds no secret', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=old\n');
  await secrets.get('GITHUB_TOKEN');

  writeFileSync(envFile, '');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual([]);
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

test('a file that could not be read once is read at the next use, changed or not', async () => {
  const envFile = join(folderWith({ '.env': 'GITHUB_TOKEN=withdrawn\n' }), '.env');
  let isReadable = true;
  const untilSaved = async () => {
    if (!isReadable) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
  };
  const secrets = createEnvironmentSecrets({ environment: {}, envFile, untilSaved });
  await secrets.get('GITHUB_TOKEN');

  isReadable = false;
  writeFileSync(envFile, '');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['withdrawn']);
  isReadable = true;
  expect(await secrets.get('GITHUB_TOKEN')).toEqual([]);
});

test('a wrong value is named but not shown, and keeps no other one from being used', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_WEBHOOK_SECRET=a\n');
  expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['a']);

  writeFileSync(
    envFile,
    'GITHUB_WEBHOOK_SECRET=b\nGITHUB_WEBHOOK_SECRET_PREVIOUS=a\nSLACK_WEBHOOK_URL=http://slack.example/hook\n',
  );
  expect(await secrets.get('GITHUB_WEBHOOK_SECRET')).toEqual(['b', 'a']);
  expect(await secrets.get('SLACK_WEBHOOK_URL')).toEqual([]);
  const told = JSON.stringify(logged);
  expect(told).toContain('SLACK_WEBHOOK_URL');
  expect(told).not.toContain('slack.example');
});

test('a secret of which only the previous value is left counts no more', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=withdrawn\n');
  await secrets.get('GITHUB_TOKEN');

  writeFileSync(envFile, 'GITHUB_TOKEN_PREVIOUS=withdrawn\n');
  expect(await secrets.get('GITHUB_TOKEN')).toEqual([]);
});

test('a reading that fails keeps the next one from nothing', async () => {
  const { envFile, secrets } = secretsOf('GITHUB_TOKEN=1\nCODEGEN_ORG_ID=acme\n');
  setLogSink(() => {
    throw new Error('no log');
  });
  await expect(secrets.get('GITHUB_TOKEN')).rejects.toThrow('no log');

  setLogSink(() => undefined);
  writeFileSync(envFile, 'GITHUB_TOKEN=2\n');
  await secrets.refresh();
  expect(await secrets.get('GITHUB_TOKEN')).toEqual(['2']);
});
