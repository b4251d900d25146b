/**
 * Id of the run that an execution is: the last part of its ARN,
 * `arn:aws:lambda:REGION:ACCOUNT:function:NAME:VERSION/durable-execution/EXECUTION_NAME/RUN_ID`.
 */
export function runIdOf(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf('/') + 1);
}

/** The ARN of a function without its version or alias. */
export function unqualified(functionArn: string): string {
  return functionArn.split(':').slice(0, 7).join(':');
}

/** Where Lambda writes unless it is told otherwise. */
export function usualLogGroup(functionArn: string): string {
  return `/aws/lambda/${functionArn.split(':')[6] ?? ''}`;
}

/** Whether a text can be the id of a run, or the beginning of one. */
export function isRunId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(text);
}
