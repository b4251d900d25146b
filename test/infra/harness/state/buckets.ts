import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

export async function createBuckets(
  { names, resources }: ResolvedTemplate,
  client: S3Client,
): Promise<void> {
  for (const { id, type } of resources) {
    if (type !== 'AWS::S3::Bucket') continue;
    await client.send(new CreateBucketCommand({ Bucket: names(id).ref }));
  }
}
