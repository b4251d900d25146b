import { deployedVariables } from '../../../lib/runtime/deployed-environment.ts';

export const secretsPrefix = 'autonomous-cicd-bench/';

/** What the stack gives to a function. */
export const functionVariables: Readonly<Record<string, string>> = {
  [deployedVariables.bus]: 'default',
  [deployedVariables.secretsPrefix]: secretsPrefix,
  [deployedVariables.stack]: 'autonomous-cicd-bench',
};
