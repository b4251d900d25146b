import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { DeployedFunction } from './constructs/deployed-function.ts';
import type { DurableFlow } from './constructs/durable-flow.ts';
import type { ScheduleRules } from './constructs/schedule-rules.ts';
import type { StackOutputs, StackOutputTexts } from './stack-outputs.ts';

/** Writes all that the operator's commands read of a stack. */
export function writeOutputs(stack: Stack, outputs: StackOutputTexts): void {
  for (const [name, value] of Object.entries(outputs)) {
    new CfnOutput(stack, name, { value });
  }
}

/** The outputs that are records, as JSON. */
export function functionOutputs(parts: {
  functions: readonly DeployedFunction[];
  flows: readonly DurableFlow[];
  schedules: ScheduleRules;
}): Pick<StackOutputTexts, 'Flows' | 'Functions' | 'ScheduleRules' | 'DeadLetterQueues'> {
  const { flows, functions, schedules } = parts;
  const queues = functions.flatMap(({ deadLetters, file }) =>
    deadLetters === undefined ? [] : [[file, deadLetters.queueUrl] as const],
  );
  const records: Pick<StackOutputs, 'Flows' | 'Functions' | 'ScheduleRules' | 'DeadLetterQueues'> =
    {
      Flows: Object.fromEntries(flows.map(({ alias, file }) => [file, alias.functionArn])),
      Functions: Object.fromEntries(
        functions.map(({ file, function: { functionName }, logGroup: { logGroupName } }) => [
          file,
          { name: functionName, logGroup: logGroupName },
        ]),
      ),
      ScheduleRules: Object.fromEntries(
        Object.entries(schedules.rules).map(([name, { ruleName }]) => [name, ruleName]),
      ),
      DeadLetterQueues: Object.fromEntries(queues),
    };
  const json = (value: unknown) => Stack.of(schedules).toJsonString(value);
  return {
    Flows: json(records.Flows),
    Functions: json(records.Functions),
    ScheduleRules: json(records.ScheduleRules),
    DeadLetterQueues: json(records.DeadLetterQueues),
  };
}
