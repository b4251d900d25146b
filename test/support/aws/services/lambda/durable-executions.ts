import {
  DurableExecutionInvocationInputWithClient,
  InvocationStatus,
  type DurableExecutionClient,
  type DurableExecutionInvocationOutput,
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
import { finalRunStates, type RunDetail } from '../../../../../lib/domain/run.ts';
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
  arnOf(run: Pick<RunDetail, 'id' | 'name' | 'flow'>): string;
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
  const announced = new Set<string>();
  const arnOf = (run: Pick<RunDetail, 'id' | 'name' | 'flow'>) => executionArn(run, place);

  /** Once for each execution, whoever has started it: the API, or another execution. */
  async function announce(runId: string): Promise<void> {
    if (announced.has(runId)) return;
    announced.add(runId);
    const run = await engine.get(runId);
    if (run === undefined) return;
    const arn = arnOf(run);
    onStatusChange({ arn, run: { ...run, state: 'running', endedAt: null } });
    const ended = await engine.waitForRun(runId).catch(() => undefined);
    if (ended !== undefined) onStatusChange({ arn, run: ended });
  }

  return {
    engine,
    arnOf,
    add: (known) =>
      engine.register({
        name: known.name,
        executionTimeoutSeconds: known.executionTimeoutSeconds ?? 60,
        async handler(input) {
          if (!(input instanceof DurableExecutionInvocationInputWithClient)) {
            throw new Error('The engine has changed how it calls a handler');
          }
          const { DurableExecutionArn, CheckpointToken, InitialExecutionState } = input;
          void announce(runIdOfExecution(DurableExecutionArn) ?? '');
          clients.set(DurableExecutionArn, input.durableExecutionClient);
          const outcome = await known.invoke({
            DurableExecutionArn,
            CheckpointToken,
            InitialExecutionState,
          });
          if (outcome.status === 'ok') return requireOutput(outcome.payload);
          throw failedInvocation(outcome.payload);
        },
      }),
    async start({ functionName, name = randomUUID(), payload }) {
      const { runId } = await engine.start({
        flow: functionName,
        name,
        input: payload,
        cause: { kind: 'cli' },
      });
      void announce(runId);
      return this.require(arnOf({ id: runId, name, flow: functionName }));
    },
    async require(arn = '') {
      const run = await engine.get(runIdOfExecution(arn) ?? '');
      if (run !== undefined) return { arn: arnOf(run), run };
      throw new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`);
    },
    clientOf(arn = '') {
      const client = clients.get(arn);
      if (client !== undefined) return client;
      throw new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`);
    },
    close() {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the service says of a run that has not ended, wherever in it the engine is. */
export function executionStatus({ state }: Pick<RunDetail, 'state'>) {
  if (!finalRunStates.includes(state)) return 'RUNNING';
  return state === 'succeeded'
    ? 'SUCCEEDED'
    : state === 'timed_out'
      ? 'TIMED_OUT'
      : state === 'stopped'
        ? 'STOPPED'
        : 'FAILED';
}

/** What a durable function answers. @throws Error for anything else: the invocation has failed */
function requireOutput(payload: unknown): DurableExecutionInvocationOutput {
  if (isOutput(payload)) return payload;
  throw new Error('Invalid Status in invocation output.');
}

function isOutput(payload: unknown): payload is DurableExecutionInvocationOutput {
  const statuses: readonly unknown[] = Object.values(InvocationStatus);
  return isJsonObject(payload) && statuses.includes(payload['Status']);
}

function failedInvocation(payload: unknown): Error {
  const { errorType = 'Error', errorMessage = 'The invocation failed' } = isJsonObject(payload)
    ? payload
    : {};
  return Object.assign(new Error(String(errorMessage)), { name: String(errorType) });
}
