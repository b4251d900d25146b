import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Everything below a resource: the one way to a `*` in a policy. */
export interface Below {
  /** Whose ARN it starts with. */
  resource: IConstruct;
  suffix: '/*' | ':*';
  /** Why it cannot be narrower. */
  because: string;
}

export function arnBelow({ resource, suffix }: Below): string {
  return `${cfnResource(resource).getAtt('Arn').toString()}${suffix}`;
}

/** @param scope of the policy that holds the `*` */
export function acknowledgeBelow(scope: IConstruct, below: Below): void {
  const logicalId = Stack.of(scope).getLogicalId(cfnResource(below.resource));
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>${below.suffix}]`,
    reason: below.because,
  });
}

function cfnResource(construct: IConstruct): CfnResource {
  const child = construct.node.defaultChild;
  if (CfnResource.isCfnResource(child)) return child;
  throw new Error(`${construct.node.path} is no resource`);
}
