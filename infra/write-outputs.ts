import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { DeployedFunction } from './constructs/deployed-function.ts';
import type { DurableFlow } from './constructs/durable-flow.ts';
import type { ScheduleRules } from './constructs/schedule-rules.ts';
import type { StackOutputs, StackOutputTexts } from './stack-outputs.ts';

/** Writes all that the operator's commands read of a stack. */
export function writeOutputs(stack: Stack, outputs: StackOutputTexts): void {
  for (const [name, value] of Object.entries(outputs)) {
    // Beside a construct of the same name, such as Schedules or Alarms.
    new CfnOutput(stack, `Output${name}`, { value }).overrideLogicalId(name);
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
