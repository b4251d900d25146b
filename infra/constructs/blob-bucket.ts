import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { blobRetentionDays } from '../../lib/domain/blob-retention.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import type { Deployment } from './deployment.ts';
import type { Part } from './part.ts';

/** The bucket behind the blobs: private, by TLS only, and emptied by age. */
export class BlobBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { config }: Deployment) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: lifecycle(config.runs.retentionDays),
      // CloudFormation deletes no bucket with objects in it, and a function that empties it would be one more with
      // great power. Left behind, it empties itself by age and then costs nothing.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only functions of this stack reach the bucket, each by its own role; CloudTrail tells who did where asked.',
    });
  }

  readWrite(): Part {
    const { bucketArn, bucketName } = this.bucket;
    const objects = {
      resource: this.bucket,
      suffix: '/*',
      because: 'Keys are made of digests and names of runs, which nobody knows before.',
    } as const;
    return {
      bindTo: (target) => {
        target.setVariable(deployedVariables.bucket, bucketName);
        target.allowBelow(['s3:GetObject', 's3:PutObject'], objects);
        // Without it, S3 answers 403 instead of 404 for a key that is not there.
        target.allow(['s3:ListBucket'], [bucketArn]);
      },
    };
  }
}

/** As on a local host; the last report of a component is not told from others here, so that all stay as long. */
function lifecycle(retentionDays: number) {
  const { latest, work } = blobRetentionDays;
  const ages = { 'work/': work, 'latest/': latest, 'reports/': Math.max(retentionDays, latest) };
  return [
    ...Object.entries(ages).map(([prefix, days]) => ({ prefix, expiration: Duration.days(days) })),
    { abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ];
}
