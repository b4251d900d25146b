import { ConfigError } from '../lib/domain/errors.ts';

/**
 * Where Lambda has durable functions, as announced in December 2025, April and September 2026.
 * @see https://aws.amazon.com/about-aws/whats-new/2025/12/lambda-durable-functions-14-additional-regions/
 * @see https://aws.amazon.com/about-aws/whats-new/2026/04/lambda-durable-functions-16-new-regions/
 * @see https://aws.amazon.com/about-aws/whats-new/2026/09/durablefunctions-european-sovereign-cloud/
 */
export const durableRegions: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eusc-de-east-1',
  'il-central-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/**
 * Better told at synth than by a deployment that rolls back after minutes.
 * @param region undefined where it is not known before the deployment
 * @throws ConfigError
 */
export function requireDurableFunctions(region: string | undefined): void {
  if (region === undefined || durableRegions.has(region)) return;
  throw new ConfigError([
    `${region}: Lambda was not known to have durable functions in this region when this list was made. ` +
      'Deploy to another one (AWS_REGION=eu-west-1), or, if AWS has them there by now, with -c anyRegion=true',
  ]);
}
