import {
  CloudFormationServiceException,
  DescribeStacksCommand,
  paginateDescribeStacks,
  type CloudFormationClient,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { unprotectCommand } from './what-stays.ts';
import { stackOutputsSchema, type StackOutputs } from '../../stack-outputs.ts';

/** A stack of this product, as CloudFormation knows it. */
export interface DescribedStack {
  name: string;
  region: string;
  /** In CloudFormation's words: `UPDATE_COMPLETE`. */
  status: string;
  /** When it was last deployed, ISO 8601 UTC; null where that is not known. */
  deployedAt: string | null;
  /** From being removed by mistake, as stages are that keep their data. */
  isProtected: boolean;
  outputs: StackOutputs;
}

/**
 * @throws RequestRejectedError that says what to do: where there is no such stack, where it is not ready, and
 *   where it is the stack of something else
 */
export async function describeStack(
  client: CloudFormationClient,
  name: string,
): Promise<DescribedStack> {
  const region = await client.config.region();
  const stack = await findStack(client, name);
  if (stack === undefined) throw await noSuchStack(client, { name, region });
  const { CreationTime: created, LastUpdatedTime: updated, StackStatus: status = '' } = stack;
  const isProtected = stack.EnableTerminationProtection ?? false;
  requireMade(name, status);
  const outputs = stackOutputsSchema.safeParse(outputTexts(stack));
  if (!outputs.success) throw notOurs(name);
  const deployedAt = (updated ?? created)?.toISOString() ?? null;
  return { name, region, status, deployedAt, isProtected, outputs: outputs.data };
}

async function findStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const answer = await client.send(new DescribeStacksCommand({ StackName: name }));
    return answer.Stacks?.[0];
  } catch (error) {
    if (error instanceof CloudFormationServiceException && isUnknownStack(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no error of its own for it. */
function isUnknownStack({ message, name }: CloudFormationServiceException): boolean {
  return name === 'ValidationError' && message.includes('does not exist');
}

function outputTexts({ Outputs: outputs = [] }: Stack): Record<string, string | undefined> {
  return Object.fromEntries(
    outputs.map(({ OutputKey: key = '', OutputValue: value }) => [key, value]),
  );
}

/** While a stack is updated, and after an update that has failed, what was there before goes on working. */
function requireMade(name: string, status: string): void {
  const advice = adviceFor(name, status);
  if (advice === undefined) return;
  throw new RequestRejectedError('conflict', `The stack ${name} is ${status}: ${advice}`);
}

function adviceFor(name: string, status: string): string | undefined {
  if (status === 'CREATE_IN_PROGRESS' || status === 'REVIEW_IN_PROGRESS') {
    return 'wait until npx cdk deploy is done.';
  }
  if (status.startsWith('DELETE_')) return 'it is being removed, or could not be in full.';
  if (status === 'CREATE_FAILED' || status.startsWith('ROLLBACK_')) {
    return (
      'it could not be created. Remove it with npx cdk destroy, and deploy it again. Where it is protected ' +
      `from that, before: ${unprotectCommand(name)}`
    );
  }
  return undefined;
}

function notOurs(name: string): RequestRejectedError {
  return new RequestRejectedError(
    'invalid',
    `The stack ${name} tells nothing that these commands understand: it is that of something else, or of ` +
      'another version of this project (npx cdk deploy brings it to this one).',
  );
}

async function noSuchStack(
  client: CloudFormationClient,
  { name, region }: { name: string; region: string },
): Promise<RequestRejectedError> {
  const known = await listOurStacks(client);
  const advice =
    known.length === 0
      ? 'Is AWS_REGION that of the stack, and AWS_PROFILE its account? npx cdk deploy makes one.'
      : `There: ${known.join(', ')}.`;
  return new RequestRejectedError(
    'not-found',
    `There is no stack ${name} in the region ${region}. ${advice}`,
  );
}

/** Their names; none where the operator may not list stacks. */
async function listOurStacks(client: CloudFormationClient): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {})) {
      const ours = stacks.filter(
        (stack) => stackOutputsSchema.safeParse(outputTexts(stack)).success,
      );
      names.push(...ours.map(({ StackName: name = '' }) => name));
    }
  } catch {
    // This only says more to somebody who has to name another stack.
  }
  return names;
}
