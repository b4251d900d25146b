import type { AwsServerOptions } from '../../../support/aws/aws-server.ts';
import { isAllowed, type AccessRequest, type PolicyStatement } from '../../../support/aws/iam.ts';
import type { Observations } from '../observed/observations.ts';
import { secretSuffix } from '../template/physical-names.ts';
import { rightOf } from './rights.ts';

/** Who asks; without statements it is the tester, who may do everything. */
interface Asking {
  /** Of the session of a role. */
  arn: string;
  statements?: readonly PolicyStatement[];
}

/** Decides on a call by the policies of the role that makes it, and notes what all of them allow, or none. */
export function authoriseBy(observed: Observations): NonNullable<AwsServerOptions['authorise']> {
  return ({ principal, ...request }) => mayDo(observed, principal, request);
}

/** Whether a role may do something, be it by a call or by what Lambda does in its name. */
export function mayDo(
  observed: Observations,
  { arn, statements }: Asking,
  request: AccessRequest,
): boolean {
  const resource = asInTemplate(request.resource);
  if (statements === undefined) return true;
  if (isAllowed(statements, { ...request, resource })) {
    observed.use(roleOf(arn), rightOf(request.action, resource));
    return true;
  }
  observed.deny(`${arn} may not ${request.action} on ${resource}`);
  return false;
}

/** `NAME` of `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION` */
function roleOf(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

/** Secrets Manager adds six characters of its own to a name; the template knows others. */
function asInTemplate(arn: string): string {
  return arn.replace(/(:secretsmanager:.*:secret:.*-)[^-]{6}$/, `$1${secretSuffix}`);
}
