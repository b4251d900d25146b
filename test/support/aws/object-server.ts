import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll } from 'vitest';
import { createS3Client } from '../../../lib/adapters/aws/s3/client.ts';
import { localAccess } from './local-access.ts';

export interface ObjectServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  createBucket(name: string): Promise<void>;
  close(): Promise<void>;
}

/** S3 in this process and in memory. Clients need `forcePathStyle`, as no name leads to a bucket. */
export async function startObjectServer(): Promise<ObjectServer> {
  // Its own start listens on all addresses of the machine.
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    createBucket: (name) => createBucket(endpoint, name),
    close: () => app.close(),
  };
}

/** The same until the tests of this file have ended; a bucket for each test keeps them apart. */
export async function startObjects(): Promise<ObjectServer> {
  const server = await startObjectServer();
  afterAll(() => server.close());
  return server;
}

async function createBucket(endpoint: string, name: string): Promise<void> {
  const client = createS3Client({ endpoint, forcePathStyle: true, ...localAccess });
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } finally {
    client.destroy();
  }
}
