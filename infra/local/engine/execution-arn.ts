import type { RunRecord } from './run-storage.ts';

/** Shaped like the service's, since the SDK, its loggers and serdes carry it around. */
export function executionArn(run: Pick<RunRecord, 'id' | 'name' | 'flow'>): string {
  return `${flowArn(run.flow)}/durable-execution/${run.name}/${run.id}`;
}

export function flowArn(flow: string): string {
  return `arn:aws:lambda:local:000000000000:function:${flow}:$LATEST`;
}

/** Undefined for text that is no execution ARN of this engine. */
export function runIdOfExecution(arn: string): string | undefined {
  return /^arn:aws:lambda:local:0+:function:[^/]+\/durable-execution\/[^/]+\/([^/]+)$/.exec(
    arn,
  )?.[1];
}

/** `name`, `name:qualifier`, a function's ARN or a qualified one → `name`. */
export function flowOfFunctionName(functionName: string): string {
  const parts = functionName.split(':');
  return (parts[0] === 'arn' ? parts[6] : parts[0]) ?? functionName;
}
