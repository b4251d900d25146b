import { z } from 'zod';
import type { PolicyStatement } from '../../../support/aws/iam.ts';
import { managedPolicies } from '../../../support/aws/managed-policies.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';
import type { Resource } from '../template/template.ts';

const strings = z.union([z.string(), z.array(z.string())]);
const plain = z.union([z.string(), z.number(), z.boolean()]);
const conditionsSchema = z.record(
  z.string(),
  z.record(z.string(), z.union([plain, z.array(plain)])),
);

const statementSchema: z.ZodType<PolicyStatement> = z.strictObject({
  Sid: z.string().exactOptional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: strings.exactOptional(),
  NotAction: strings.exactOptional(),
  Resource: strings.exactOptional(),
  NotResource: strings.exactOptional(),
  Condition: conditionsSchema.exactOptional(),
});

const documentSchema = z.object({ Statement: z.array(statementSchema) });

const roleSchema = z.object({
  Policies: z.array(z.object({ PolicyDocument: documentSchema })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});

const policySchema = z.object({
  PolicyDocument: documentSchema,
  Roles: z.array(z.string()).default([]),
});

/** What each role of the template may do, by the ARN of the role. */
export function readRolePolicies({
  names,
  resources,
}: ResolvedTemplate): ReadonlyMap<string, readonly PolicyStatement[]> {
  const policies = resources
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .map(({ properties }) => policySchema.parse(properties));
  const statementsOf = ({ id, properties }: Resource) => {
    const { ManagedPolicyArns, Policies } = roleSchema.parse(properties);
    const attached = policies.filter(({ Roles }) => Roles.includes(names(id).ref));
    return [
      ...[...Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      ...ManagedPolicyArns.flatMap(managedStatements),
    ];
  };
  const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');
  return new Map(roles.map((role) => [names(role.id).arn, statementsOf(role)]));
}

/** @throws Error for a policy of AWS that the harness has not written down */
function managedStatements(arn: string): readonly PolicyStatement[] {
  const statements = managedPolicies[arn];
  if (statements === undefined) throw new Error(`The harness does not know ${arn}`);
  return statements;
}
