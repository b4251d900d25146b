import { z } from 'zod';
import { isOwnErrorName } from '../errors.ts';
import { codeChangedError, lostError, type RunDetail, type RunError } from '../run.ts';
import { sourceSchema } from '../source.ts';
import { adviseOn, adviseOnDefect, shortId, type FailedRun } from './failure-advice.ts';
import type { RunOutcome } from './run-outcome.ts';

type Failure = Extract<RunOutcome, { kind: 'failed' }>;

/** Under these names runs end that could not go on, and their messages are ours. */
const endedByEngine: ReadonlySet<string> = new Set([
  codeChangedError,
  lostError,
  'ProcessEnded',
  'FlowRemoved',
]);

/** Why a run has failed, as everybody may read it who sees a comment or a check. */
export function explainFailure({ message, type }: RunError, run: FailedRun): Failure {
  if (!isOwnErrorName(type) && !endedByEngine.has(type)) return internalError(run);
  const reason = withoutLocalPaths(message, run.input);
  return { kind: 'failed', reason, advice: adviseOn({ type, message }, run) };
}

/** The same for a run that did not live to say it. */
export function explainEnd(run: RunDetail): Failure {
  const { error, state } = run;
  if (state === 'failed' && error !== null) return explainFailure(thrownIn(run, error), run);
  // Stopped or out of time: nothing was thrown, whoever has ended it says why.
  const reason = withoutLocalPaths(error?.message ?? `The run has ${state}.`, run.input);
  return { kind: 'failed', reason, advice: adviseOn(null, run) };
}

/** A flow fails by its task's message under another name. */
function thrownIn({ tasks }: RunDetail, error: RunError): RunError {
  const ofTask = tasks.find((task) => task.error?.message === error.message)?.error;
  return isOwnErrorName(error.type) ? error : (ofTask ?? error);
}

/** Messages of libraries and of the system quote whatever they worked on. */
function internalError(run: FailedRun): Failure {
  return {
    kind: 'failed',
    reason: `An internal error; its log says more: \`cicd runs logs ${shortId(run)}\`.`,
    advice: adviseOnDefect(run),
  };
}

const inputSchema = z.object({ repository: z.string(), source: sourceSchema });

/** From where a path can begin, up to where it ends in a sentence. */
const absolutePath = /(?<=^|[\s"'`(=])(?:\/[^\s"'`()/]|[A-Za-z]:[\\/])[^\s"'`()]*[^\s"'`().,:;!?]/g;

/** How folders are called on the machine of the host is nobody's business. */
function withoutLocalPaths(message: string, input: unknown): string {
  const parsed = inputSchema.safeParse(input);
  const named =
    parsed.success && parsed.data.source.kind === 'folder'
      ? message.replaceAll(parsed.data.source.path, parsed.data.repository)
      : message;
  return named.replace(absolutePath, '(a local path)');
}
