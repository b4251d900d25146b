import { createS3Blobs } from '../../lib/adapters/aws/s3/blobs.ts';
import { createS3Client } from '../../lib/adapters/aws/s3/client.ts';
import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';
import { refusedFolders } from '../../lib/runtime/source-hosts.ts';
import { deployedServices } from './deployed-services.ts';
import type { ThreadParts } from './thread-services.ts';

/** In a Lambda function. */
export async function deployedThreadParts(): Promise<ThreadParts> {
  const { secrets } = await deployedServices(['secrets']);
  const bucket = deployedVariable(process.env, 'bucket');
  return {
    blobs: createS3Blobs({ client: createS3Client(), bucket }),
    folders: refusedFolders,
    secrets,
  };
}
