import * as client from '@aws-sdk/client-lambda';
import { RequestRejectedError } from '../../../../../lib/domain/errors.ts';
import type { RunError } from '../../../../../lib/domain/run.ts';
import type { AwsService, Call, Operation } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { createRestJsonWire } from '../../wire/rest-json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { createDurableExecutions, type OnStatusChange } from './durable-executions.ts';
import { executionOperations } from './execution-operations.ts';
import {
  createKnownFunctions,
  parseReference,
  type FunctionReference,
  type KnownFunction,
  type KnownFunctions,
  type ResolvedFunction,
} from './known-functions.ts';

/** Bytes of a synchronous invocation, of an asynchronous one, and of one that begins an execution. */
const longestRequest = 6_291_456;
const longestEvent = 1_048_576;
const longestExecutionInput = 262_144;

export interface LambdaPlace {
  region: string;
  account: string;
}

export interface Lambda extends AwsService {
  /** Deploys a function. */
  add(known: KnownFunction): void;
  close(): void;
}

/** Lambda's API in front of functions that are called back, and of the embedded engine for durable ones. */
export function createLambda(place: LambdaPlace, onStatusChange: OnStatusChange): Lambda {
  const functions = createKnownFunctions();
  // The aliases of a stack lead to its first version.
  const executions = createDurableExecutions({ ...place, version: '1' }, onStatusChange);

  /** Starts an execution, or finds the one of this name. */
  async function execute(input: client.InvocationRequest, { known, version }: ResolvedFunction) {
    try {
      const { arn, run } = await executions.start({
        functionName: known.name,
        name: input.DurableExecutionName,
        payload: parsePayload(input.Payload),
      });
      const answer = { DurableExecutionArn: arn, ExecutedVersion: version };
      if (input.InvocationType === 'Event') return { StatusCode: 202, ...answer };
      const ended = await executions.engine.waitForRun(run.id);
      return ended.error === null
        ? { StatusCode: 200, ...answer, Payload: toPayload(ended.result) }
        : { StatusCode: 200, ...answer, ...unhandled(ended.error) };
    } catch (error) {
      throw startFailure(error);
    }
  }

  return {
    name: 'lambda',
    wire: createRestJsonWire(serviceSchemas(client)),
    throttling: 'TooManyRequestsException',
    action: (operation) => `lambda:${operation === 'Invoke' ? 'InvokeFunction' : operation}`,
    resources: (_operation, input: FunctionReference & ExecutionReference, call) => [
      input.DurableExecutionArn ??
        (input.FunctionName === undefined ? '*' : functionArn(parseReference(input), call)),
    ],
    add(known) {
      functions.add(known);
      if (known.executionTimeoutSeconds !== undefined) executions.add(known);
    },
    close: () => executions.close(),
    operations: {
      ...executionOperations({ executions, functions }),
      ...functionOperations(functions),
      async Invoke(input: client.InvocationRequest) {
        const resolved = functions.resolve(input);
        const isDurable = resolved.known.executionTimeoutSeconds !== undefined;
        requireShortPayload(input, isDurable ? longestExecutionInput : longestEvent);
        if (!isDurable) return invokePlain(input, resolved);
        if (resolved.qualifier !== undefined) return execute(input, resolved);
        const message =
          'You cannot invoke a durable function using an unqualified ARN: give a version or an alias.';
        throw new AwsError('InvalidParameterValueException', message);
      },
    },
  };
}

interface ExecutionReference {
  DurableExecutionArn?: string | undefined;
}

/** What tells of functions themselves. */
function functionOperations(functions: KnownFunctions): Record<string, Operation> {
  return {
    ListVersionsByFunction(input: client.ListVersionsByFunctionCommandInput, call: Call) {
      const { known } = functions.resolve(input);
      const versions = functions
        .versions(known)
        .map((version) => configuration({ known, qualifier: version, version }, call));
      return { Versions: versions };
    },
  };
}

function configuration(
  { known, qualifier, version }: ResolvedFunction,
  call: Call,
): client.FunctionConfiguration {
  return {
    FunctionName: known.name,
    FunctionArn: functionArn({ name: known.name, qualifier }, call),
    Version: version,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Runtime: 'nodejs24.x',
    Environment: { Variables: { ...known.environment } },
  };
}

async function invokePlain(
  { InvocationType, Payload }: client.InvocationRequest,
  { known, version }: ResolvedFunction,
): Promise<client.InvocationResponse> {
  const payload = parsePayload(Payload);
  if (InvocationType === 'Event') {
    if (known.enqueue !== undefined) known.enqueue(payload);
    else void known.invoke(payload);
    return { StatusCode: 202 };
  }
  const outcome = await known.invoke(payload);
  return {
    StatusCode: 200,
    ExecutedVersion: version,
    Payload: toPayload(outcome.payload),
    ...(outcome.status !== 'ok' && { FunctionError: 'Unhandled' }),
  };
}

function unhandled({ type, message }: RunError) {
  const payload = toPayload({ errorType: type, errorMessage: message });
  return { FunctionError: 'Unhandled', Payload: payload };
}

/** @param longest bytes of an asynchronous invocation */
function requireShortPayload(
  { InvocationType: type = 'RequestResponse', Payload }: client.InvocationRequest,
  longest: number,
): void {
  const limit = type === 'Event' ? longest : longestRequest;
  const length = Payload?.byteLength ?? 0;
  if (length <= limit) return;
  const message = `${length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`;
  throw new AwsError('RequestTooLargeException', message);
}

function parsePayload(payload: Uint8Array | undefined): unknown {
  const text = Buffer.from(payload ?? []).toString();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    const message = 'Could not parse request body into json';
    throw new AwsError('InvalidRequestContentException', message);
  }
}

function toPayload(value: unknown) {
  return Buffer.from(JSON.stringify(value ?? null));
}

function startFailure(error: unknown): unknown {
  if (!(error instanceof RequestRejectedError)) return error;
  const type =
    error.reason === 'conflict'
      ? 'DurableExecutionAlreadyStartedException'
      : 'InvalidParameterValueException';
  return new AwsError(type, error.message);
}

function functionArn(
  { name, qualifier }: { name: string; qualifier: string | undefined },
  { region, account }: Pick<Call, 'region' | 'account'>,
): string {
  const unqualified = `arn:aws:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? unqualified : `${unqualified}:${qualifier}`;
}
