import type { RunRecord } from './run-storage.ts';

/** Where the flows seem to be deployed. */
export interface FlowPlace {
  region: string;
  account: string;
  /** Of every function. */
  version: string;
}

export const thisMachine: FlowPlace = {
  region: 'local',
  account: '000000000000',
  version: '$LATEST',
};

/** Shaped like the service's, since the SDK, its loggers and serdes carry it around. */
export function executionArn(
  run: Pick<RunRecord, 'id' | 'name' | 'flow'>,
  place: FlowPlace = thisMachine,
): string {
  return `${flowArn(run.flow, place)}/durable-execution/${run.name}/${run.id}`;
}

export function flowArn(
  flow: string,
  { region, account, version }: FlowPlace = thisMachine,
): string {
  return `arn:aws:lambda:${region}:${account}:function:${flow}:${version}`;
}

/** Undefined for text that is no execution ARN. */
export function runIdOfExecution(arn: string): string | undefined {
  return /^arn:aws:lambda:[^:/]+:\d+:function:[^/]+\/durable-execution\/[^/]+\/([^/]+)$/.exec(
    arn,
  )?.[1];
}

/** `name`, `name:qualifier`, a function's ARN or a qualified one → `name`. */
export function flowOfFunctionName(functionName: string): string {
  const parts = functionName.split(':');
  return (parts[0] === 'arn' ? parts[6] : parts[0]) ?? functionName;
}
