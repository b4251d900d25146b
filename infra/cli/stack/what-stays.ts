import type { DescribedStack } from './describe-stack.ts';

/** How the rest of a stack is removed, and what that leaves behind, with the command for each. */
export function formatWhatStays({ isProtected, name, outputs }: DescribedStack): string {
  const destroy = `npx cdk destroy -c stage=${name.replace(/^autonomous-cicd-/, '')}`;
  const { AccessLogs, Bucket, Functions, SecretsPrefix, Table } = outputs;
  const bucket = `reports and snapshots (they are removed by age as well):
    aws s3 rb s3://${Bucket} --force`;
  if (!isProtected) {
    return `Now remove the stack:
  ${destroy}
It is a stage that keeps nothing but
  ${bucket}`;
  }
  const logGroups = [...Object.values(Functions).map(({ logGroup }) => logGroup), AccessLogs];
  const logs = logGroups.map((group) => `    aws logs delete-log-group --log-group-name ${group}`);
  return `Now remove the stack, which is protected from that:
  aws cloudformation update-termination-protection --stack-name ${name} --no-enable-termination-protection
  ${destroy}
What people may still want stays. Once nobody does:
  the store with deliveries, runs and answers:
    aws dynamodb update-table --table-name ${Table} --no-deletion-protection-enabled
    aws dynamodb delete-table --table-name ${Table}
  ${bucket}
  the secrets, which can be had back for 30 days:
    aws secretsmanager list-secrets --filters Key=name,Values=${SecretsPrefix} \\
      --query 'SecretList[].[Name]' --output text |
      xargs -n 1 aws secretsmanager delete-secret --secret-id
  the logs:
${logs.join('\n')}`;
}
