import { messageOf, RequestRejectedError } from '../../../domain/errors.ts';
import type { StartedRun } from '../../../domain/run.ts';
import type { StartRun } from '../../../ports/runs.ts';
import { runIdOf } from './execution-arn.ts';
import { parseOr } from './execution-answer.ts';
import type { RunParts } from './run-parts.ts';
import { requireValidName, type NameRecord } from './run-names.ts';
import { newRunRecord } from './run-record.ts';

/**
 * Starts a run by its name: the name is written down, the service is asked, then the run is recorded. What
 * dies in between leaves a name without a run; whoever starts it again goes on from there, since the service
 * gives the same execution to the same name and input.
 * @throws RequestRejectedError, UpstreamError
 */
export async function startRun(parts: RunParts, request: StartRun): Promise<StartedRun> {
  const { cause, flow, name } = request;
  const target = parts.flows[flow];
  if (target === undefined) {
    throw new RequestRejectedError('not-found', `There is no flow "${flow}"`);
  }
  requireValidName(name);
  const input = serialise(request.input);

  const claimed = await parts.names.claim(name, { flow, input, cause, runId: null });
  if (claimed.flow !== flow || claimed.input !== input) throw otherRun(name);
  if (claimed.runId !== null) return { runId: claimed.runId, created: false };

  // Before it is asked for: a run may end before the answer is here.
  const startedAt = parts.now();
  const execution = await parts.executions.start({ target, name, input });
  if (execution === 'taken') return readTaken(parts, name);
  const runId = runIdOf(execution.arn);
  await recordStart(parts, { ...claimed, arn: execution.arn, name, startedAt });
  return { runId, created: true };
}

async function recordStart(
  { names, records }: RunParts,
  start: NameRecord & { arn: string; name: string; startedAt: number },
): Promise<void> {
  const { arn, cause, flow, name, startedAt } = start;
  const id = runIdOf(arn);
  const run = { id, arn, flow, name, cause, startedAt, input: parseOr(start.input, null) };
  // Its first news may be there already.
  await records.change(id, (before) => before ?? newRunRecord(run));
  await names.assign(name, id);
}

/** The service knows the name by another input: nobody has started that through here. */
async function readTaken({ names }: RunParts, name: string): Promise<StartedRun> {
  const runId = (await names.get(name))?.runId;
  if (typeof runId === 'string') return { runId, created: false };
  throw otherRun(name);
}

function otherRun(name: string): RequestRejectedError {
  return new RequestRejectedError(
    'conflict',
    `A run named "${name}" exists already, of another flow or with another input`,
  );
}

function serialise(input: unknown): string {
  try {
    return JSON.stringify(input ?? {});
  } catch (cause) {
    throw new RequestRejectedError('invalid', `The input is not JSON: ${messageOf(cause)}`);
  }
}
