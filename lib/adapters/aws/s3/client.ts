import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { clientSettings } from '../client-settings.ts';

/** A client that gives up: the largest values, source snapshots, are some tens of megabytes. */
export function createS3Client(config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    ...clientSettings({ maxAttempts: 5, requestTimeout: 20_000 }),
    ...config,
  });
}
