import type { DescribedStack } from './describe-stack.ts';

type Kept = Pick<DescribedStack, 'isProtected' | 'name' | 'outputs'>;

/** How the rest of a stack is removed, and what that leaves behind, with the command for each. */
export function formatWhatStays(stack: Kept): string {
  const remove = formatRemoval(stack);
  const { Bucket, KeepsData } = stack.outputs;
  const bucket = `reports and snapshots (they are removed by age as well):
    aws s3 rb s3://${Bucket} --force`;
  if (!KeepsData) {
    return `${remove}
It is a stage that keeps nothing but
  ${bucket}`;
  }
  return `${remove}
What people may still want stays. Once nobody does:
  ${bucket}
${formatKept(stack)}`;
}

function formatRemoval({ isProtected, name }: Kept): string {
  const destroy = `npx cdk destroy -c stage=${name.replace(/^autonomous-cicd-/, '')}`;
  if (!isProtected) {
    return `Now remove the stack:
  ${destroy}`;
  }
  return `Now remove the stack, which is protected from that:
  ${unprotectCommand(name)}
  ${destroy}`;
}

/** Stages that keep their data are protected. */
export function unprotectCommand(name: string): string {
  return `aws cloudformation update-termination-protection --stack-name ${name} --no-enable-termination-protection`;
}

/** A deployment makes secrets by the same names, which must be free by then. */
function formatKept({ outputs: { AccessLogs, Functions, SecretsPrefix, Table } }: Kept): string {
  const logGroups = [...Object.values(Functions).map(({ logGroup }) => logGroup), AccessLogs];
  const logs = logGroups.map((group) => `    aws logs delete-log-group --log-group-name ${group}`);
  return `  the store with deliveries, runs and answers:
    aws dynamodb update-table --table-name ${Table} --no-deletion-protection-enabled
    aws dynamodb delete-table --table-name ${Table}
  the secrets, for good, so that the stack can be deployed again:
    aws secretsmanager list-secrets --filters Key=name,Values=${SecretsPrefix} \\
      --query 'SecretList[].[Name]' --output text |
      xargs -n 1 aws secretsmanager delete-secret --force-delete-without-recovery --secret-id
  the logs:
${logs.join('\n')}`;
}
