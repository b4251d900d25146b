import * as client from '@aws-sdk/client-cloudformation';
import { randomUUID } from 'node:crypto';
import type { AwsService, Call } from '../service.ts';
import { AwsError } from '../wire/aws-error.ts';
import { createQueryWire } from '../wire/query-wire.ts';
import { serviceSchemas } from '../wire/service-schemas.ts';

export interface DeployedStack {
  name: string;
  /** Default: `CREATE_COMPLETE`. */
  status?: client.StackStatus;
  outputs?: Readonly<Record<string, string>>;
  /** From termination. Default: false. */
  isProtected?: boolean;
}

export interface CloudFormation extends AwsService {
  /** Deploys a stack, or changes it. */
  deploy(stack: DeployedStack): void;
}

const xmlNamespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** What a reader of stacks needs of CloudFormation; nothing is deployed by it. */
export function createCloudFormation(place: Pick<Call, 'region' | 'account'>): CloudFormation {
  const stacks = new Map<string, client.Stack>();

  function find(nameOrId: string): client.Stack {
    const found =
      stacks.get(nameOrId) ?? [...stacks.values()].find(({ StackId }) => StackId === nameOrId);
    if (found !== undefined) return found;
    throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  }

  return {
    name: 'cloudformation',
    wire: createQueryWire(serviceSchemas(client), xmlNamespace),
    resources: (_operation, { StackName: name }: { StackName?: string }) => {
      if (name === undefined) return ['*'];
      return [stacks.get(name)?.StackId ?? stackArn(name, '*', place)];
    },
    deploy({ name, isProtected = false, status = 'CREATE_COMPLETE', outputs = {} }) {
      const known = stacks.get(name);
      stacks.set(name, {
        StackName: name,
        StackId: known?.StackId ?? stackArn(name, randomUUID(), place),
        CreationTime: known?.CreationTime ?? new Date(),
        StackStatus: status,
        EnableTerminationProtection: isProtected,
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
          OutputKey,
          OutputValue,
        })),
      });
    },
    operations: {
      DescribeStacks: ({ StackName }: client.DescribeStacksCommandInput) => ({
        Stacks: StackName === undefined ? [...stacks.values()] : [find(StackName)],
      }),
    },
  };
}

function stackArn(name: string, id: string, { region, account }: Pick<Call, 'region' | 'account'>) {
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${id}`;
}
