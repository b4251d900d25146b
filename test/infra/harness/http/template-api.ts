import type { DeployedFunctions } from '../functions/deploy-functions.ts';
import type { Observations } from '../observed/observations.ts';
import type { ResourcePolicies } from '../permissions/resource-policies.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';
import { startHttpApi, type HttpApi } from './http-api.ts';
import { readRoutes } from './routes.ts';

const service = 'apigateway.amazonaws.com';

/** Starts the HTTP API of the template in front of its functions, which have to let it invoke them. */
export function startTemplateApi(
  template: ResolvedTemplate,
  parts: { functions: DeployedFunctions; observed: Observations; policies: ResourcePolicies },
): Promise<HttpApi> {
  const { functions, observed, policies } = parts;
  const routes = readRoutes(template);
  const dimensions = { ApiId: routes[0]?.apiId ?? '' };
  const count = (name: string) =>
    observed.metrics.record({ namespace: 'AWS/ApiGateway', name, dimensions, value: 1 });
  return startHttpApi({
    routes,
    async invoke({ sourceArn, target }, event) {
      if (policies.mayInvoke({ service, sourceArn, target })) {
        return functions.find(target).invoke(event);
      }
      observed.deny(`${sourceArn} may not invoke ${target}`);
      return undefined;
    },
    onAnswer(status) {
      count('Count');
      if (status >= 500) count('5xx');
      else if (status >= 400) count('4xx');
    },
  });
}
