import type { ResolvedTemplate } from '../template/resolve-template.ts';
import { readFunctions } from './definitions.ts';
import { deployFunction, type DeployedFunction, type Deployment } from './deployed-function.ts';

/** The functions of a stack. */
export interface DeployedFunctions {
  all: readonly DeployedFunction[];
  /** By its name, or by an ARN that may end with an alias. @throws Error where there is none */
  find(nameOrArn: string): DeployedFunction;
}

/** Deploys the functions of the template, so that Lambda's API knows them. */
export function deployFunctions(
  template: ResolvedTemplate,
  assembly: string,
  deployment: Deployment,
): DeployedFunctions {
  const all = readFunctions(template, assembly).map((definition) => {
    const deployed = deployFunction(definition, deployment);
    const { aliases, environment, executionTimeoutSeconds, name } = definition;
    deployment.aws.addFunction({
      name,
      aliases,
      environment,
      invoke: deployed.invoke,
      enqueue: deployed.enqueue,
      ...(executionTimeoutSeconds !== undefined && { executionTimeoutSeconds }),
    });
    return deployed;
  });
  return {
    all,
    find(nameOrArn) {
      const name = nameOrArn.startsWith('arn:') ? nameOrArn.split(':')[6] : nameOrArn;
      const found = all.find(({ definition }) => definition.name === name);
      if (found === undefined) throw new Error(`The template has no function ${nameOrArn}`);
      return found;
    },
  };
}
