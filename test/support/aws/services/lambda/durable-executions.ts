import {
  DurableExecutionInvocationInputWithClient,
  InvocationStatus,
  type DurableExecutionClient,
  type DurableExecutionInvocationOutput,
  type DurableLambdaHandler,
} from '@aws/durable-execution-sdk-js';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../../../infra/local/engine/engine.ts';
import {
  executionArn,
  runIdOfExecution,
  type FlowPlace,
} from '../../../../../infra/local/engine/execution-arn.ts';
import type { RunDetail } from '../../../../../lib/domain/run.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { isJsonObject } from '../../wire/json-object.ts';
import type { KnownFunction } from './known-functions.ts';

export interface StartExecution {
  functionName: string;
  /** Default: a random one. */
  name: string | undefined;
  payload: unknown;
}

/** A durable execution, as the engine knows it. */
export interface ExecutionView {
  arn: string;
  run: RunDetail;
}

type RunIdentity = Pick<RunDetail, 'id' | 'name' | 'flow'>;

/** Told when an execution has begun, and when it has ended. */
export type OnStatusChange = (execution: ExecutionView) => void;

/** The embedded engine as the backend of the Lambda API: it drives processes that speak HTTP with it. */
export interface DurableExecutions {
  readonly engine: Engine;
  add(known: KnownFunction): void;
  /** The execution of this name, new or known. @throws RequestRejectedError `conflict` for another input */
  start(request: StartExecution): Promise<ExecutionView>;
  /** @throws AwsError where there is no such execution */
  require(arn: string | undefined): Promise<ExecutionView>;
  arnOf(run: RunIdentity): string;
  /** What takes the checkpoints of the invocation under way. @throws AwsError where there is none */
  clientOf(arn: string | undefined): DurableExecutionClient;
  close(): void;
}

/** @param place region, account and the version that all functions run in */
export function createDurableExecutions(
  place: FlowPlace,
  onStatusChange: OnStatusChange,
): DurableExecutions {
  const folder = mkdtempSync(join(tmpdir(), 'aws-server-'));
  const databaseFile = join(folder, 'executions.db');
  const engine = createEngine({ databaseFile, codeVersion: 'deployed', place });
  engine.resume();
  const clients = new Map<string, DurableExecutionClient>();
  const arnOf = (run: RunIdentity) => executionArn(run, place);
  const announce = createAnnouncer(engine, (run) => onStatusChange({ arn: arnOf(run), run }));

  return {
    engine,
    arnOf,
    add(known) {
      const handler = handlerOf(known, ({ arn, client }) => {
        clients.set(arn, client);
        announce(runIdOfExecution(arn) ?? '');
      });
      const { name, executionTimeoutSeconds = 60 } = known;
      engine.register({ name, executionTimeoutSeconds, handler });
    },
    async start({ functionName: flow, name = randomUUID(), payload }) {
      const { runId } = await engine.start({ flow, name, input: payload, cause: { kind: 'cli' } });
      announce(runId);
      return this.require(arnOf({ id: runId, name, flow }));
    },
    async require(arn = '') {
      const run = await engine.get(runIdOfExecution(arn) ?? '');
      if (run === undefined) throw notFound(arn);
      return { arn: arnOf(run), run };
    },
    clientOf(arn = '') {
      const client = clients.get(arn);
      if (client === undefined) throw notFound(arn);
      return client;
    },
    close() {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`);
}

/** Tells once of each execution that it has begun, and then that it has ended, whoever has started it. */
function createAnnouncer(engine: Engine, tell: (run: RunDetail) => void): (runId: string) => void {
  const announced = new Set<string>();

  async function follow(runId: string): Promise<void> {
    const run = await engine.get(runId);
    if (run === undefined) return;
    tell({ ...run, state: 'running', endedAt: null });
    const ended = await engine.waitForRun(runId).catch(() => undefined);
    if (ended !== undefined) tell(ended);
  }

  return (runId) => {
    if (announced.has(runId)) return;
    announced.add(runId);
    void follow(runId);
  };
}

/** What the engine calls for each invocation: the function, with the event that Lambda would hand it. */
function handlerOf(
  known: KnownFunction,
  begun: (invocation: { arn: string; client: DurableExecutionClient }) => void,
): DurableLambdaHandler {
  return async (input) => {
    if (!(input instanceof DurableExecutionInvocationInputWithClient)) {
      throw new Error('The engine has changed how it calls a handler');
    }
    const { CheckpointToken, DurableExecutionArn, InitialExecutionState } = input;
    begun({ arn: DurableExecutionArn, client: input.durableExecutionClient });
    const event = { DurableExecutionArn, CheckpointToken, InitialExecutionState };
    const outcome = await known.invoke(event);
    if (outcome.status === 'ok') return requireOutput(outcome.payload);
    throw failedInvocation(outcome.payload);
  };
}

const statuses = {
  pending: 'RUNNING',
  running: 'RUNNING',
  waiting: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timed_out: 'TIMED_OUT',
  stopped: 'STOPPED',
} as const;

/** What the service says of a run that has not ended, wherever in it the engine is, and of one that has. */
export function executionStatus({ state }: Pick<RunDetail, 'state'>) {
  return statuses[state];
}

/** What a durable function answers. @throws Error for anything else: the invocation has failed */
function requireOutput(payload: unknown): DurableExecutionInvocationOutput {
  if (isOutput(payload)) return payload;
  throw new Error('Invalid Status in invocation output.');
}

function isOutput(payload: unknown): payload is DurableExecutionInvocationOutput {
  const known: readonly unknown[] = Object.values(InvocationStatus);
  return isJsonObject(payload) && known.includes(payload['Status']);
}

function failedInvocation(payload: unknown): Error {
  const { errorType = 'Error', errorMessage = 'The invocation failed' } = isJsonObject(payload)
    ? payload
    : {};
  return Object.assign(new Error(String(errorMessage)), { name: String(errorType) });
}
