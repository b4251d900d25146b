import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { DeployedFunction } from './constructs/deployed-function.ts';
import type { DurableFlow } from './constructs/durable-flow.ts';
import type { ScheduleRules } from './constructs/schedule-rules.ts';
import { stackOutputsSchema, type StackOutputs, type StackOutputTexts } from './stack-outputs.ts';

/** For people who look at the stack in the console. */
const descriptions: Record<keyof StackOutputTexts, string> = {
  Table: 'The DynamoDB table with deliveries, runs and answers',
  Bucket: 'The S3 bucket with reports and snapshots',
  Bus: 'The event bus that deliveries go over',
  SecretsPrefix: 'What the names of the secrets begin with',
  Installation: 'The mark by which the system knows again what it has made on GitHub and in Linear',
  WebhookUrl:
    'Where GitHub and Linear reach the webhooks, without /webhooks/github and /webhooks/linear',
  ConfigurationDigest: 'The digest of the configuration that was deployed',
  KeepsData: 'Whether store, secrets and logs outlive the stack',
  DashboardUrl: 'The CloudWatch dashboard',
  AlarmTopic: 'The SNS topic that alarms are told to',
  AccessLogs: 'The log group with a line for each request to the webhooks',
  Flows: 'By flow, the alias of its durable function',
  Functions: 'By file in functions/, the Lambda function and its log group',
  ScheduleRules: 'By schedule, its rule on the default event bus',
  DeadLetterQueues: 'By function, the queue with the events that it has given up',
};

/** Writes all that the operator's commands read of a stack. */
export function writeOutputs(stack: Stack, outputs: StackOutputTexts): void {
  for (const name of stackOutputsSchema.keyof().options) {
    const output = { value: outputs[name], description: descriptions[name] };
    // Beside a construct of the same name, such as Schedules or Alarms.
    new CfnOutput(stack, `Output${name}`, output).overrideLogicalId(name);
  }
}

export function flowsOutput(stack: Stack, flows: readonly DurableFlow[]): string {
  const arns = flows.map(({ alias, file }) => [file, alias.functionArn] as const);
  return stack.toJsonString(Object.fromEntries(arns) satisfies StackOutputs['Flows']);
}

export function functionsOutput(stack: Stack, functions: readonly DeployedFunction[]): string {
  const places = functions.map(({ file, function: { functionName }, logGroup }) => {
    return [file, { name: functionName, logGroup: logGroup.logGroupName }] as const;
  });
  return stack.toJsonString(Object.fromEntries(places) satisfies StackOutputs['Functions']);
}

export function scheduleRulesOutput(stack: Stack, { rules }: ScheduleRules): string {
  const names = Object.entries(rules).map(([name, { ruleName }]) => [name, ruleName] as const);
  return stack.toJsonString(Object.fromEntries(names) satisfies StackOutputs['ScheduleRules']);
}

export function deadLetterQueuesOutput(
  stack: Stack,
  functions: readonly DeployedFunction[],
): string {
  const urls = functions.flatMap(({ deadLetters, file }) =>
    deadLetters === undefined ? [] : [[file, deadLetters.queueUrl] as const],
  );
  return stack.toJsonString(Object.fromEntries(urls) satisfies StackOutputs['DeadLetterQueues']);
}
