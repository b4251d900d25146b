import { Fn, Stack } from 'aws-cdk-lib';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import { BlobBucket } from '../constructs/blob-bucket.ts';
import type { Deployment } from '../constructs/deployment.ts';
import { EventBus } from '../constructs/event-bus.ts';
import type { Part } from '../constructs/part.ts';
import { Secrets } from '../constructs/secrets.ts';
import { StoreTable } from '../constructs/store-table.ts';
import { variables } from '../constructs/variables.ts';

/** What functions work with, and what there is of it in a stack once. */
export interface Foundation {
  deployment: Deployment;
  store: StoreTable;
  blobs: BlobBucket;
  bus: EventBus;
  secrets: Secrets;
  /** 8 hex digits by which the installation knows again what it has made outside. */
  installation: string;
  /** Of the CloudWatch dashboard. */
  dashboardUrl: string;
  /** For functions that name runs, or count something. */
  stackName: Part;
  /** For functions that ask or tell GitHub and Linear. */
  outside: Part;
}

/** @param outside environment variables that say where GitHub and Linear are */
export function layFoundation(
  stack: Stack,
  deployment: Deployment,
  outside: Readonly<Record<string, string>>,
): Foundation {
  const installation = markOf(stack);
  return {
    deployment,
    store: new StoreTable(stack, 'Store', deployment),
    blobs: new BlobBucket(stack, 'Blobs', deployment),
    bus: new EventBus(stack, 'Events', deployment),
    secrets: new Secrets(stack, 'Secrets', deployment),
    installation,
    dashboardUrl: dashboardUrlOf(stack, deployment.stage.stackName),
    stackName: variables({ [deployedVariables.stack]: deployment.stage.stackName }),
    outside: variables({
      ...outside,
      [deployedVariables.installation]: installation,
    }),
  };
}

/** The same as long as the stack lives: the first group of the uuid in its id. */
function markOf({ stackId }: Stack): string {
  const uuid = Fn.select(2, Fn.split('/', stackId));
  return Fn.select(0, Fn.split('-', uuid));
}

function dashboardUrlOf({ region }: Stack, dashboard: string): string {
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home`;
  return `${console}?region=${region}#dashboards/dashboard/${dashboard}`;
}
