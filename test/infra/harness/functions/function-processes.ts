import pLimit from 'p-limit';
import type { InvocationResult, LambdaProcess } from '../../../support/lambda/lambda-process.ts';
import { startLambdaProcess } from '../../../support/lambda/lambda-process.ts';
import { place } from '../template/physical-names.ts';
import type { FunctionDefinition } from './definitions.ts';

/** The execution environments of one function. */
export interface FunctionProcesses {
  /** Takes one that is idle, or starts another, as Lambda does. One that cannot start is an `error`. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Those that work on an invocation. */
  busy(): readonly LambdaProcess[];
  /** The next invocations find fresh processes, as after a deployment or a quiet night. */
  retire(): Promise<void>;
  /** Ends all processes, and starts none any more. */
  stop(): Promise<void>;
}

export interface ProcessSettings {
  /** The variables of the template and credentials. */
  environment: Readonly<Record<string, string>>;
  onLine: (line: string) => void;
}

/** Lambda would start a thousand; this machine has few cores. What comes meanwhile waits. */
const mostProcesses = 4;

export function createFunctionProcesses(
  definition: FunctionDefinition,
  { environment, onLine }: ProcessSettings,
): FunctionProcesses {
  const idle: LambdaProcess[] = [];
  const busy = new Set<LambdaProcess>();
  const starting = new Set<Promise<LambdaProcess>>();
  let isOpen = true;

  async function start(): Promise<LambdaProcess> {
    const started = startLambdaProcess({
      folder: definition.folder,
      handler: definition.handler,
      environment,
      timeoutMs: definition.timeoutMs,
      identity: identityOf(definition),
      onLine,
      freezes: true,
    });
    starting.add(started);
    try {
      return await started;
    } finally {
      starting.delete(started);
    }
  }

  async function invokeOne(event: unknown): Promise<InvocationResult> {
    let process: LambdaProcess;
    try {
      if (!isOpen) throw new Error('The stack was stopped');
      process = takeIdle(idle) ?? (await start());
    } catch (error) {
      return failedStart(error);
    }
    busy.add(process);
    const result = await process.invoke(event);
    busy.delete(process);
    if (process.alive()) idle.push(process);
    return result;
  }

  async function retire(): Promise<void> {
    const started = await Promise.allSettled(starting);
    const late = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const all = [...idle.splice(0), ...busy, ...late];
    await Promise.all(all.map((process) => process.stop()));
  }

  const turns = pLimit(mostProcesses);
  return {
    invoke: (event) => turns(() => invokeOne(event)),
    busy: () => [...busy],
    retire,
    async stop() {
      isOpen = false;
      await retire();
    },
  };
}

/** The one that was used last, like Lambda; those that have died since are forgotten. */
function takeIdle(idle: LambdaProcess[]): LambdaProcess | undefined {
  for (;;) {
    const process = idle.pop();
    if (process === undefined || process.alive()) return process;
  }
}

function identityOf({ aliases, arn, logGroup, memoryMb, name }: FunctionDefinition) {
  const [alias] = Object.entries(aliases);
  return {
    name,
    version: alias?.[1] ?? '$LATEST',
    memoryMb,
    region: place.region,
    logGroup,
    arn: alias === undefined ? arn : `${arn}:${alias[0]}`,
  };
}

function failedStart(error: unknown): InvocationResult {
  const errorMessage = error instanceof Error ? error.message : String(error);
  return {
    status: 'error',
    payload: { errorType: 'Runtime.InitError', errorMessage },
    ms: 0,
    requestId: '00000000-0000-0000-0000-000000000000',
  };
}
