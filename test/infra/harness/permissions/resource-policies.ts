import { z } from 'zod';
import { isAllowed, type PolicyStatement } from '../../../support/aws/iam.ts';
import { wildcardMatches } from '../../../support/aws/wildcards.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** A service of AWS that wants something of a resource, on behalf of another one. */
export interface ServiceRequest {
  /** `events.amazonaws.com` */
  service: string;
  /** ARN of the rule or route that it acts for. */
  sourceArn: string;
  /** ARN of what it wants to reach; of a function with its alias, where it is named by one. */
  target: string;
}

/** What resources of the template let services of AWS do. */
export interface ResourcePolicies {
  mayInvoke: (request: ServiceRequest) => boolean;
  maySend: (request: ServiceRequest) => boolean;
}

const permissionSchema = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.union([z.string(), z.array(z.string())]),
  Principal: z.union([
    z.literal('*'),
    z.object({ AWS: z.literal('*') }),
    z.object({ Service: z.string() }),
  ]),
  Condition: z.record(z.string(), z.record(z.string(), z.string())).exactOptional(),
});
const queuePolicySchema = z.object({
  Queues: z.array(z.string()),
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
});

export function readResourcePolicies({ resources }: ResolvedTemplate): ResourcePolicies {
  const ofType = (type: string) =>
    resources.filter((resource) => resource.type === type).map(({ properties }) => properties);
  const permissions = ofType('AWS::Lambda::Permission').map((one) => permissionSchema.parse(one));
  const queueStatements = ofType('AWS::SQS::QueuePolicy').flatMap(
    (policy) => queuePolicySchema.parse(policy).PolicyDocument.Statement,
  );

  return {
    mayInvoke: ({ service, sourceArn, target }) =>
      permissions.some(
        ({ Action, FunctionName, Principal, SourceArn = '*' }) =>
          Action === 'lambda:InvokeFunction' &&
          Principal === service &&
          // A permission is for the function or for one of its aliases, never for both.
          isSameFunction(FunctionName, target) &&
          wildcardMatches(SourceArn, sourceArn),
      ),
    maySend: ({ service, sourceArn, target }) => {
      const statements: PolicyStatement[] = queueStatements
        .filter(({ Principal }) => concerns(Principal, service))
        .map(({ Principal: _principal, ...statement }) => statement);
      const context = { 'aws:SourceArn': sourceArn, 'aws:SecureTransport': 'true' };
      return isAllowed(statements, { action: 'sqs:SendMessage', resource: target, context });
    },
  };
}

/** A permission names its function by name or by ARN. */
function isSameFunction(nameOrArn: string, target: string): boolean {
  return nameOrArn === target || target.endsWith(`:function:${nameOrArn}`);
}

function concerns(
  principal: z.infer<typeof statementSchema>['Principal'],
  service: string,
): boolean {
  if (principal === '*' || 'AWS' in principal) return true;
  return principal.Service === service;
}
