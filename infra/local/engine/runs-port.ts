import { messageOf, RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import type { EngineContext } from './engine-context.ts';
import type { RunLifecycle } from './run-lifecycle.ts';

/** The writing half of the runs port. */
export function createRunsPort(
  { tables, newId }: EngineContext,
  lifecycle: RunLifecycle,
): Pick<Runs, 'start' | 'stop' | 'retry'> {
  return {
    async start(request) {
      return lifecycle.start({ ...request, input: serialise(request.input) });
    },

    async stop(runId, reason, { errorType = 'Stopped' } = {}) {
      tables.runs.require(runId);
      const error = { ErrorType: errorType, ErrorMessage: reason };
      lifecycle.end(runId, { state: 'stopped', error });
    },

    async retry(runId, { name = `retry-${newId()}` } = {}) {
      const run = tables.runs.require(runId);
      if (run.endedAt === null) {
        throw new RequestRejectedError('conflict', 'The run has not ended: stop it first');
      }
      const { runId: retryId } = lifecycle.start({
        flow: run.flow,
        name,
        input: run.input,
        cause: { kind: 'run', runId },
      });
      return { runId: retryId };
    },
  };
}

function serialise(input: unknown): string {
  try {
    return JSON.stringify(input ?? {});
  } catch (cause) {
    throw new RequestRejectedError('invalid', `The input is not JSON: ${messageOf(cause)}`);
  }
}
