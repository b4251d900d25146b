import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createS3Blobs } from '../../lib/adapters/aws/s3/blobs.ts';
import { createS3Client } from '../../lib/adapters/aws/s3/client.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { UpstreamError } from '../../lib/domain/errors.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import { startObjects } from '../support/aws/object-server.ts';
import { localAccess } from '../support/aws/local-access.ts';
import type { FaultyAnswer } from '../support/faulty-answers.ts';
import { startHttpFaultProxy } from '../support/http-fault-proxy.ts';
import { folderWith, temporaryFolder } from '../support/temporary-folder.ts';

const objects = await startObjects();

/** What every implementation of the port has to do. */
const implementations: Record<string, () => Blobs | Promise<Blobs>> = {
  folder: () => createFolderBlobs(temporaryFolder()),
  S3: async () => {
    const bucket = `blobs-${crypto.randomUUID()}`;
    await objects.createBucket(bucket);
    return createS3Blobs({ client: openClient(), bucket });
  },
};

function openClient(endpoint = objects.endpoint) {
  const client = createS3Client({ endpoint, forcePathStyle: true, ...localAccess });
  onTestFinished(() => client.destroy());
  return client;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => value && new TextDecoder().decode(value);

describe.each(Object.entries(implementations))('Blobs: %s', (_, create) => {
  test('gives back what was put', async () => {
    const blobs = await create();
    await blobs.put('reports/run-1.json', bytes('one'));
    expect(text(await blobs.get('reports/run-1.json'))).toBe('one');
  });

  test('replaces a value under the same key', async () => {
    const blobs = await create();
    await blobs.put('latest/a.json', bytes('old'));
    await blobs.put('latest/a.json', bytes('new'));
    expect(text(await blobs.get('latest/a.json'))).toBe('new');
  });

  test('knows what it does not have', async () => {
    expect(await (await create()).get('reports/none.json')).toBeUndefined();
  });

  test.each(['../outside', '/absolute', 'a//b', 'a/../b', '', '.hidden', 'a/.partial'])(
    'refuses the key %j',
    async (key) => {
      const blobs = await create();
      await expect(blobs.put(key, bytes('x'))).rejects.toThrow('Not a blob key');
    },
  );

  test('survives many writers of one key', async () => {
    const blobs = await create();
    const values = Array.from({ length: 20 }, (_value, index) => `${index}`.repeat(10_000));
    await Promise.all(values.map((value) => blobs.put('a/key', bytes(value))));
    expect(values).toContain(text(await blobs.get('a/key')));
  });
});

describe('Blobs in a folder', () => {
  test('are readable by their owner only', async () => {
    const folder = temporaryFolder();
    await createFolderBlobs(folder).put('a/b.json', bytes('x'));
    expect(statSync(join(folder, 'a/b.json')).mode & 0o077).toBe(0);
  });

  test('say which folder cannot be written, and leave nothing half-written', async () => {
    // A file stands where the folder should be: fails for every user, also for root.
    const folder = folderWith({ reports: 'a file' });
    const put = createFolderBlobs(folder).put('reports/x.json', bytes('x'));
    await expect(put).rejects.toThrow(UpstreamError);
    await expect(put).rejects.toThrow(`${folder} cannot be read or written`);
    expect(existsSync(join(folder, 'reports/x.json'))).toBe(false);
  });
});

async function behindProxy() {
  const proxy = await startHttpFaultProxy(objects.endpoint);
  const bucket = `blobs-${crypto.randomUUID()}`;
  await objects.createBucket(bucket);
  return { proxy, blobs: createS3Blobs({ client: openClient(proxy.url), bucket }) };
}

function s3Refusal(status: number, code: string): FaultyAnswer {
  const body = `<Error><Code>${code}</Code><Message>Refused</Message></Error>`;
  return { kind: 'answer', status, headers: { 'content-type': 'application/xml' }, body };
}

describe('Blobs in S3', () => {
  const large = bytes('0123456789'.repeat(100_000));

  test.each<[string, FaultyAnswer[]]>([
    ['an error of the server', [s3Refusal(500, 'InternalError')]],
    ['a connection that is reset', [{ kind: 'reset' }]],
  ])('outlast %s', async (_, answers) => {
    const { blobs, proxy } = await behindProxy();
    proxy.answerNext(answers);
    await blobs.put('a/b', large);
    proxy.answerNext(answers);
    expect(await blobs.get('a/b')).toEqual(large);
  });

  test('never give half a value for a whole one', async () => {
    const { blobs, proxy } = await behindProxy();
    await blobs.put('a/b', bytes('whole'));
    const headers = { 'content-type': 'application/octet-stream' };
    proxy.answerAlways({ kind: 'cut', status: 200, headers, body: 'who' });
    await expect(blobs.get('a/b')).rejects.toMatchObject({ name: 'UpstreamError', service: 's3' });
  });

  test.each(['AccessDenied', 'NoSuchBucket'])('say at once what to do on %s', async (code) => {
    const { blobs, proxy } = await behindProxy();
    proxy.answerAlways(s3Refusal(code === 'AccessDenied' ? 403 : 404, code));
    const failing = blobs.get('a/b');
    await expect(failing).rejects.toMatchObject({ name: 'FinalUpstreamError', service: 's3' });
    await expect(failing).rejects.toThrow(/deploy the stack/i);
  });
});
