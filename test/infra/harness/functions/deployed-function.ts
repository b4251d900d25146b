import type { AwsServer } from '../../../support/aws/aws-server.ts';
import type { PolicyStatement } from '../../../support/aws/iam.ts';
import type { InvocationResult } from '../../../support/lambda/lambda-process.ts';
import type { Observations } from '../observed/observations.ts';
import { mayDo } from '../permissions/authorise.ts';
import type { Queues } from '../state/queues.ts';
import { place } from '../template/physical-names.ts';
import type { FunctionDefinition } from './definitions.ts';
import { createFunctionProcesses, type FunctionProcesses } from './function-processes.ts';
import type { QueuedInvocations } from './queued-invocations.ts';

/** A function of the template that can be invoked. */
export interface DeployedFunction {
  definition: FunctionDefinition;
  processes: FunctionProcesses;
  /** Runs it once and waits. */
  invoke: (event: unknown) => Promise<InvocationResult>;
  /** Hands an event to its queue. */
  enqueue: (event: unknown) => void;
}

export interface Deployment {
  aws: AwsServer;
  observed: Observations;
  queues: Queues;
  queued: QueuedInvocations;
  /** What each role may do, by its ARN. */
  roles: ReadonlyMap<string, readonly PolicyStatement[]>;
}

/**
 * Makes a function work as Lambda would: in processes with credentials of its role, and with a queue of
 * events behind which its dead-letter queue stands.
 */
export function deployFunction(
  definition: FunctionDefinition,
  deployment: Deployment,
): DeployedFunction {
  const { aws, observed, queued } = deployment;
  const { environment, logGroup, name, retries } = definition;
  const principal = principalOf(definition, deployment);
  const credentials = aws.issue(principal, { session: true });
  let mayLog: boolean | undefined;
  const addLine = (line: string) => {
    mayLog ??= mayWriteLog(principal, deployment, definition);
    if (!mayLog) return;
    observed.addLine(logGroup, line);
    aws.logs.append(logGroup, name, [line]);
  };
  const processes = createFunctionProcesses(definition, {
    environment: { ...environment, ...aws.environmentOf(credentials) },
    onLine: addLine,
  });

  async function invoke(event: unknown): Promise<InvocationResult> {
    countOne(observed, name, 'Invocations');
    const result = await processes.invoke(event);
    if (result.status !== 'ok') {
      countOne(observed, name, 'Errors');
      addLine(`${result.status}: ${JSON.stringify(result.payload)}`);
    }
    return result;
  }

  return {
    definition,
    processes,
    invoke,
    enqueue: (event) =>
      queued.add(
        { retries, invoke, onFailure: deadLetterSender(principal, deployment, definition) },
        event,
      ),
  };
}

interface FunctionPrincipal {
  arn: string;
  statements: readonly PolicyStatement[];
}

/** As whom its processes ask AWS. */
function principalOf({ name, role }: FunctionDefinition, { roles }: Deployment): FunctionPrincipal {
  const statements = roles.get(role);
  if (statements === undefined) throw new Error(`The template has no role ${role}`);
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  return {
    arn: `arn:aws:sts::${place.account}:assumed-role/${roleName}/${name}`,
    statements,
  };
}

/** A process takes up a stream of the log before it writes its first line. */
function mayWriteLog(
  principal: FunctionPrincipal,
  { observed }: Deployment,
  { logGroup, name }: FunctionDefinition,
): boolean {
  const { account, region } = place;
  const group = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
  const resource = `${group}:log-stream:${name}`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
    mayDo(observed, principal, { action, resource, context: {} }),
  );
}

/** Lambda sends what failed for good as the role of the function, which has to be allowed to. */
function deadLetterSender(
  principal: FunctionPrincipal,
  { observed, queues }: Deployment,
  { deadLetters: queue }: FunctionDefinition,
): (event: unknown, failure: InvocationResult) => Promise<void> {
  return async (event, failure) => {
    if (queue === undefined) return;
    const sending = { action: 'sqs:SendMessage', resource: queue, context: {} };
    if (!mayDo(observed, principal, sending)) return;
    const attributes = { ErrorCode: '200', ErrorMessage: messageOf(failure) };
    await queues.send(queue, { event, attributes });
  };
}

function messageOf({ payload, status }: InvocationResult): string {
  const hasMessage = typeof payload === 'object' && payload !== null && 'errorMessage' in payload;
  return hasMessage ? String(payload.errorMessage) : status;
}

function countOne({ metrics }: Observations, functionName: string, name: string): void {
  const dimensions = { FunctionName: functionName };
  metrics.record({ namespace: 'AWS/Lambda', name, dimensions, value: 1 });
}
