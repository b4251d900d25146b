import { conditionHolds, type ConditionBlock, type RequestContext } from './iam-conditions.ts';
import { wildcardMatches } from './wildcards.ts';

/** As in a policy document, with every reference of the template resolved. */
export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | readonly string[];
  NotAction?: string | readonly string[];
  Resource?: string | readonly string[];
  NotResource?: string | readonly string[];
  Condition?: ConditionBlock;
}

export interface AccessRequest {
  /** `secretsmanager:GetSecretValue` */
  action: string;
  /** ARN, or `*` for actions that know no resource. */
  resource: string;
  /** Values of condition keys: `cloudwatch:namespace`. */
  context: RequestContext;
}

/**
 * Evaluates an identity's policies: a Deny wins, otherwise one Allow is needed.
 * @throws Error for a condition operator that is not evaluated here
 */
export function isAllowed(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === 'Allow') &&
    !applying.some(({ Effect }) => Effect === 'Deny')
  );
}

function applies(statement: PolicyStatement, { action, resource, context }: AccessRequest) {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const lowered = action.toLowerCase();
  const actionMatches = (patterns: string | readonly string[]) =>
    anyMatches(lowerCased(patterns), lowered);
  return (
    (Action === undefined || actionMatches(Action)) &&
    (NotAction === undefined || !actionMatches(NotAction)) &&
    (Resource === undefined || anyMatches(Resource, resource)) &&
    (NotResource === undefined || !anyMatches(NotResource, resource)) &&
    conditionHolds(Condition, context)
  );
}

function lowerCased(patterns: string | readonly string[]): string[] {
  return [patterns].flat().map((pattern) => pattern.toLowerCase());
}

function anyMatches(patterns: string | readonly string[], text: string): boolean {
  return [patterns].flat().some((pattern) => wildcardMatches(pattern, text));
}
