import { stackOutputsSchema } from '../../../infra/stack-outputs.ts';
import { startAwsServer } from '../../support/aws/aws-server.ts';
import { installRules } from './events/rules.ts';
import { createTargetDeliveries } from './events/target-deliveries.ts';
import { deployFunctions, type DeployedFunctions } from './functions/deploy-functions.ts';
import { createQueuedInvocations } from './functions/queued-invocations.ts';
import { startTemplateApi } from './http/template-api.ts';
import { createObservations } from './observed/observations.ts';
import { authoriseBy } from './permissions/authorise.ts';
import { readResourcePolicies } from './permissions/resource-policies.ts';
import { readRolePolicies } from './permissions/role-policies.ts';
import { describeStack, type RunningStack } from './running-stack.ts';
import { createSecrets } from './state/secrets.ts';
import { startState } from './state/state.ts';
import { place } from './template/physical-names.ts';
import { resolveTemplate } from './template/resolve-template.ts';
import type { Synthesised } from './template/synthesise.ts';

export type { RunningStack } from './running-stack.ts';

export interface StackOptions {
  /** What stands for an address in the variables of the template, and where it really is. */
  addresses?: Readonly<Record<string, string>>;
  /** How much remains of the minutes between Lambda's attempts. Default: 0.001. */
  pausesBy?: number;
}

/**
 * Runs a synthesised template: every function in processes of its own, with just the environment and the
 * rights that the template gives it; routes, rules, queues, aliases and tables as the template has them.
 * To be stopped by the caller.
 */
export async function startStack(
  { assembly, stackName, template: source }: Synthesised,
  { addresses = {}, pausesBy = 0.001 }: StackOptions = {},
): Promise<RunningStack> {
  const template = resolveTemplate(replaceAddresses(source, addresses), stackName);
  const observed = createObservations();
  const policies = readResourcePolicies(template);
  const queued = createQueuedInvocations(pausesBy);
  const state = await startState(template);
  const deliver = createTargetDeliveries({
    policies,
    invoke: (arn, event) => functions.find(arn).enqueue(event),
    sendToQueue: (arn, letter) => void state.queues.send(arn, letter),
    onDenied: observed.deny,
  });
  const aws = await startAwsServer({
    ...place,
    authorise: authoriseBy(observed),
    backends: { dynamodb: state.tables, s3: state.objects, sqs: state.objects },
    onMatch: (rule, target, event) => deliver({ ruleArn: rules.get(rule) ?? rule, target, event }),
  });
  const rules = installRules(template, aws.events);
  const roles = readRolePolicies(template);
  const functions: DeployedFunctions = deployFunctions(template, assembly, {
    aws,
    observed,
    queued,
    queues: state.queues,
    roles,
  });
  const api = await startTemplateApi(template, { functions, observed, policies });
  await createSecrets(template, aws.clientSettings);
  return describeStack({
    api,
    aws,
    deliver,
    functions,
    observed,
    outputs: stackOutputsSchema.parse(template.outputs),
    queued,
    roles,
    rules,
    state,
    template,
  });
}

/** Servers of a test are on ports that the synthesis did not know. */
function replaceAddresses(template: unknown, addresses: Readonly<Record<string, string>>): unknown {
  const text = Object.entries(addresses).reduce(
    (before, [placeholder, address]) => before.replaceAll(`"${placeholder}"`, `"${address}"`),
    JSON.stringify(template),
  );
  return JSON.parse(text);
}
