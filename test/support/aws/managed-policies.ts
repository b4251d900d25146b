import type { PolicyStatement } from './iam.ts';

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * What the policies of AWS allow that a stack attaches to its functions, by ARN.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const managedPolicies: Readonly<Record<string, readonly PolicyStatement[]>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': [
    { Effect: 'Allow', Action: writeLogs, Resource: '*' },
  ],
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy': [
    {
      Effect: 'Allow',
      Action: [
        ...writeLogs,
        'lambda:CheckpointDurableExecution',
        'lambda:GetDurableExecutionState',
      ],
      Resource: '*',
    },
  ],
};
