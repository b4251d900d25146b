import type { PolicyStatement } from '../../../support/aws/iam.ts';

/**
 * What is allowed or done, in words: an action, and for a secret its name as well, as each is a right of its own:
 * `dynamodb:GetItem`, `secretsmanager:GetSecretValue linear-api-key`.
 * @param resource ARN of the template
 */
export function rightOf(action: string, resource: string): string {
  const secret = /:secret:(?:.*\/)?(?<name>[^/]+)-[^-]{6}$/.exec(resource)?.groups?.['name'];
  return secret === undefined ? action : `${action} ${secret}`;
}

/** All that statements allow, each right once. */
export function allowedRights(statements: readonly PolicyStatement[]): string[] {
  const rights = statements.flatMap(({ Action = [], Effect, Resource = [] }) => {
    if (Effect === 'Deny') return [];
    return [Action].flat().flatMap((action) => rightsOn([Resource].flat(), action));
  });
  return [...new Set(rights)];
}

function rightsOn(resources: readonly string[], action: string): string[] {
  return resources.map((resource) => rightOf(action, resource));
}
