import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { freeze, thaw } from './freezing.ts';
import { Invocations, type InvocationResult } from './invocations.ts';
import { lambdaEnvironment, plainIdentity, type LambdaIdentity } from './lambda-environment.ts';
import { readLines } from './output-lines.ts';
import { startRuntimeApi, type Invocation } from './runtime-api.ts';

export type { InvocationResult } from './invocations.ts';

export interface LambdaProcessOptions {
  /** Of the bundle, as it would be unzipped. */
  folder: string;
  /** `index.handler` */
  handler: string;
  /** The function's own variables and its credentials. They win over those that Lambda sets. */
  environment: Readonly<Record<string, string>>;
  /** The function's time-out. Default: 10 s. */
  timeoutMs?: number;
  /** For node itself: `['--enable-source-maps']`. */
  execArgv?: readonly string[];
  identity?: Partial<LambdaIdentity>;
  /** Between invocations the process stands still, as on Lambda. Default: false. */
  freezes?: boolean;
  /** Told of every line that the process writes. */
  onLine?: (line: string) => void;
}

/** One execution environment of a function. */
export interface LambdaProcess {
  /** One at a time: those that come meanwhile wait. */
  invoke(event: unknown, options?: { deadlineMs?: number }): Promise<InvocationResult>;
  /** From the start of the process until it wanted its first invocation. */
  initMs: number;
  /** All lines so far, of standard output and standard error. */
  logs: readonly string[];
  pid: number;
  /** Whether it can still be invoked. */
  alive: () => boolean;
  /** Ends the process like a crash of its machine; an invocation under way answers `exit`. */
  kill: () => void;
  /** Ends all that belongs to it. */
  stop(): Promise<void>;
}

/** Lambda allows 10 s; this machine may be busy with other tests. */
const startLimitMs = 30_000;
const defaultTimeoutMs = 10_000;
const standIn = fileURLToPath(new URL('native-client.cjs', import.meta.url));
const runtimeClient = createRequire(import.meta.url).resolve('aws-lambda-ric');

/**
 * Starts a bundle under AWS's own runtime client, in a process with just the environment of a Lambda
 * function. Works in and outside of tests; whoever starts it calls `stop`.
 *
 * @throws Error with what it wrote, when it cannot start
 */
export async function startLambdaProcess(options: LambdaProcessOptions): Promise<LambdaProcess> {
  const identity = { ...plainIdentity, ...options.identity };
  const invocations = new Invocations(identity.arn);
  const ready = Promise.withResolvers<void>();
  const runtimeApi = await startRuntimeApi({
    ready: () => {
      ready.resolve();
      if (options.freezes === true) runtime.freeze();
      invocations.ready();
    },
    initFailed: (text) => ready.reject(new Error(`The function could not start: ${text}`)),
    answered: (status, payload) => invocations.answered({ status, payload }),
  });

  const startedAt = performance.now();
  const runtime = spawnRuntime(options, identity, runtimeApi.address);
  const logs: string[] = [];
  const onLine = (line: string) => {
    logs.push(line);
    options.onLine?.(line);
  };
  for (const stream of runtime.output) {
    readLines(stream, { onLine, onInvocationEnd: () => invocations.linesEnded() });
  }
  runtime.onEnd((reason) => {
    ready.reject(new Error(`The runtime ${reason}:\n${logs.join('\n')}`));
    invocations.ended(reason);
    runtimeApi.close();
  });
  const stop = async () => {
    runtime.kill();
    await runtime.ended;
  };
  await untilStarted(ready, stop);
  const initMs = performance.now() - startedAt;

  const { alive, kill, pid } = runtime;
  const hand = (invocation: Invocation) => {
    runtime.thaw();
    runtimeApi.hand(invocation);
  };
  return {
    invoke: (event, { deadlineMs = options.timeoutMs ?? defaultTimeoutMs } = {}) =>
      invocations.run(event, deadlineMs, { hand, kill }),
    initMs,
    logs,
    pid,
    alive,
    kill,
    stop,
  };
}

async function untilStarted(
  { promise, reject }: PromiseWithResolvers<void>,
  stop: () => Promise<void>,
): Promise<void> {
  const tooSlow = setTimeout(() => reject(new Error('The start took too long')), startLimitMs);
  try {
    await promise;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(tooSlow);
  }
}

interface RuntimeProcess {
  pid: number;
  output: readonly Readable[];
  alive: () => boolean;
  kill: () => void;
  freeze: () => void;
  thaw: () => void;
  ended: Promise<unknown>;
  /** Told once why it ended, when all its lines have been read. */
  onEnd: (tell: (reason: string) => void) => void;
}

function spawnRuntime(
  { environment, execArgv = [], folder, handler }: LambdaProcessOptions,
  identity: LambdaIdentity,
  runtimeApi: string,
): RuntimeProcess {
  const child = spawn(
    process.execPath,
    [...execArgv, '--require', standIn, runtimeClient, handler],
    {
      cwd: folder,
      env: { ...lambdaEnvironment(identity, { folder, handler, runtimeApi }), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return {
    pid: child.pid ?? 0,
    output: [child.stdout, child.stderr],
    alive: () => child.exitCode === null && child.signalCode === null,
    kill: () => void child.kill('SIGKILL'),
    freeze: () => freeze(child),
    thaw: () => thaw(child),
    ended: once(child, 'close'),
    onEnd: (tell) => {
      child.once('close', (code, signal) => tell(`ended with ${code ?? signal}`));
    },
  };
}
