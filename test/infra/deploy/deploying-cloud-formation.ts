import * as client from '@aws-sdk/client-cloudformation';
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../support/aws/wire/aws-error.ts';
import { createQueryWire } from '../../support/aws/wire/query-wire.ts';
import { serviceSchemas } from '../../support/aws/wire/service-schemas.ts';
import type { AwsService } from '../../support/aws/service.ts';

/** A template, as far as it is looked at here. */
export interface DeployedTemplate {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  Outputs?: Record<string, { Value: unknown }>;
}

interface KeptStack {
  stack: client.Stack;
  template: string;
  events: client.StackEvent[];
  /** What would be deployed. */
  changeSet?: { name: string; template: string };
}

export interface DeployingCloudFormation {
  service: AwsService;
  /** Undefined when the stack is not there (any more). */
  templateOf(stackName: string): DeployedTemplate | undefined;
}

const xmlNamespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/**
 * CloudFormation as `cdk deploy` asks it: takes templates and says that all went well. Nothing is made by it, and
 * outputs are the names of what they would tell.
 * @param read gives what was uploaded to an address
 */
export function createDeployingCloudFormation(
  read: (url: string) => string | undefined,
): DeployingCloudFormation {
  const stacks = new Map<string, KeptStack>();

  function find(nameOrId: string | undefined): KeptStack {
    const found = [...stacks.values()].find(
      ({ stack }) => stack.StackName === nameOrId || stack.StackId === nameOrId,
    );
    if (found !== undefined) return found;
    throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  }

  const operations: AwsService['operations'] = {
    DescribeStacks: ({ StackName }: client.DescribeStacksInput) => ({
      Stacks: [find(StackName).stack],
    }),
    GetTemplate: ({ StackName }: client.GetTemplateInput) => ({
      TemplateBody: find(StackName).template,
    }),
    DescribeStackEvents: ({ StackName }: client.DescribeStackEventsInput) => ({
      StackEvents: find(StackName).events,
    }),
    ListStackResources: () => ({ StackResourceSummaries: [] }),
    UpdateTerminationProtection: ({ StackName }: client.UpdateTerminationProtectionInput) => ({
      StackId: find(StackName).stack.StackId,
    }),
    DeleteChangeSet({ StackName }: client.DeleteChangeSetInput) {
      delete find(StackName).changeSet;
      return {};
    },

    CreateChangeSet(input: client.CreateChangeSetInput) {
      const { ChangeSetName = '', StackName = '', TemplateURL = '' } = input;
      const template = input.TemplateBody ?? read(TemplateURL);
      if (template === undefined) {
        throw new AwsError('ValidationError', `No template at ${TemplateURL}`);
      }
      const kept = stacks.get(StackName) ?? newStack(StackName);
      kept.changeSet = { name: ChangeSetName, template };
      stacks.set(StackName, kept);
      return { Id: changeSetId(kept), StackId: kept.stack.StackId };
    },

    DescribeChangeSet({ StackName }: client.DescribeChangeSetInput) {
      const kept = find(StackName);
      const { name, template } = openChangeSet(kept);
      return {
        ChangeSetName: name,
        ChangeSetId: changeSetId(kept),
        StackName: kept.stack.StackName,
        StackId: kept.stack.StackId,
        ...stateOf(template === kept.template),
        Changes: resourcesOf(template).map(([LogicalResourceId, { Type: ResourceType }]) => ({
          Type: 'Resource',
          ResourceChange: { Action: 'Add', LogicalResourceId, ResourceType },
        })),
      };
    },

    ExecuteChangeSet({ StackName }: client.ExecuteChangeSetInput) {
      carryOut(find(StackName));
      return {};
    },

    DeleteStack({ StackName }: client.DeleteStackInput) {
      const kept = find(StackName);
      kept.stack.StackStatus = 'DELETE_COMPLETE';
      stacks.delete(kept.stack.StackName ?? '');
      return {};
    },
  };

  return {
    service: {
      name: 'cloudformation',
      wire: createQueryWire(serviceSchemas(client), xmlNamespace),
      operations,
    },
    templateOf: (stackName) => {
      const kept = stacks.get(stackName);
      return kept && readTemplate(kept.template);
    },
  };
}

function newStack(name: string): KeptStack {
  return {
    template: '{}',
    events: [],
    stack: {
      StackName: name,
      StackId: `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/${randomUUID()}`,
      StackStatus: 'REVIEW_IN_PROGRESS',
      CreationTime: new Date(),
    },
  };
}

/** In the words of CloudFormation, by which the CDK knows that there is nothing to do. */
function stateOf(isUnchanged: boolean): Partial<client.DescribeChangeSetOutput> {
  if (!isUnchanged) return { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' };
  const StatusReason = "The submitted information didn't contain changes.";
  return { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason };
}

/** Everything is made at once, and as it should be. */
function carryOut(kept: KeptStack): void {
  const { template } = openChangeSet(kept);
  const isNew = kept.stack.StackStatus === 'REVIEW_IN_PROGRESS';
  kept.template = template;
  kept.stack.StackStatus = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
  kept.stack.Outputs = Object.keys(readTemplate(template).Outputs ?? {}).map((OutputKey) => ({
    OutputKey,
    OutputValue: `value-of-${OutputKey}`,
  }));
  kept.events = resourcesOf(template).map(([LogicalResourceId, { Type: ResourceType }]) => ({
    EventId: randomUUID(),
    StackId: kept.stack.StackId,
    StackName: kept.stack.StackName,
    LogicalResourceId,
    ResourceType,
    ResourceStatus: 'CREATE_COMPLETE',
    Timestamp: new Date(),
  }));
}

function openChangeSet({ changeSet, stack }: KeptStack): NonNullable<KeptStack['changeSet']> {
  if (changeSet !== undefined) return changeSet;
  throw new AwsError('ChangeSetNotFound', `${stack.StackName} has no change set`);
}

function changeSetId({ changeSet, stack }: KeptStack): string {
  return `arn:aws:cloudformation:eu-west-1:123456789012:changeSet/${changeSet?.name}/${stack.StackName}`;
}

function readTemplate(text: string): DeployedTemplate {
  return JSON.parse(text);
}

function resourcesOf(template: string) {
  return Object.entries(readTemplate(template).Resources);
}
