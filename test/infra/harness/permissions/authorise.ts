import type { AwsServerOptions } from '../../../support/aws/aws-server.ts';
import { isAllowed } from '../../../support/aws/iam.ts';
import type { Observations } from '../observed/observations.ts';
import { secretSuffix } from '../template/physical-names.ts';

/** Decides on a call by the policies of the role that makes it, and notes what none of them allows. */
export function authoriseBy(observed: Observations): NonNullable<AwsServerOptions['authorise']> {
  return ({ principal: { arn, statements }, ...request }) => {
    const resource = asInTemplate(request.resource);
    // The tester's own clients have no role.
    if (statements === undefined || isAllowed(statements, { ...request, resource })) return true;
    observed.deny(`${arn} may not ${request.action} on ${resource}`);
    return false;
  };
}

/** Secrets Manager adds six characters of its own to a name; the template knows others. */
function asInTemplate(arn: string): string {
  return arn.replace(/(:secretsmanager:.*:secret:.*-)[^-]{6}$/, `$1${secretSuffix}`);
}
