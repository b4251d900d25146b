import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { checkedBlobKey } from '../../../domain/blob-key.ts';
import type { Blobs } from '../../../ports/blobs.ts';
import { sdkFailure } from '../sdk-failures.ts';

/**
 * Values as objects of one bucket. An object is written whole or not at all, and read as it was last
 * written.
 *
 * Whoever reads needs `s3:ListBucket` beside `s3:GetObject`: without it S3 answers 403 in place of 404
 * for a key that is not there.
 */
export function createS3Blobs({ bucket, client }: { client: S3Client; bucket: string }): Blobs {
  const failed = (what: string, error: unknown) =>
    sdkFailure(error, { service: 's3', what: `${what} the bucket ${bucket}` });

  return {
    put: async (key, value) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: checkedBlobKey(key),
        Body: value,
      });
      await client.send(command).catch((error: unknown) => {
        throw failed('Writing to', error);
      });
    },

    get: async (key) => {
      const command = new GetObjectCommand({ Bucket: bucket, Key: checkedBlobKey(key) });
      try {
        const { Body } = await client.send(command);
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw failed('Reading from', error);
      }
    },
  };
}
