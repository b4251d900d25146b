import { messageOf, RequestRejectedError } from '../../../domain/errors.ts';
import type { StartedRun } from '../../../domain/run.ts';
import type { StartRun } from '../../../ports/runs.ts';
import { runIdOf } from './execution-arn.ts';
import { parseOr } from '../../../domain/parse-or.ts';
import type { RunParts } from './run-parts.ts';
import { requireValidName, type NameRecord, type RunNames } from './run-names.ts';
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

  const wanted = { flow, input, cause, runId: null };
  const { claim, replaced } = await claimName(parts.names, name, wanted);
  if (claim.flow !== flow || claim.input !== input) throw otherRun(name);
  if (claim.runId !== null) return { runId: claim.runId, created: false };

  const runId = await startClaimed(parts, { ...claim, name, target });
  if (runId !== undefined) return { runId, created: true };
  return { runId: await joinTaken(parts, { name, replaced, target }), created: false };
}

/**
 * A claim of another input that has come to no run gives way: its start has failed, and since then the
 * configuration was changed. Otherwise the name would be of no use for as long as it is kept.
 * @returns the claim that counts, and the one that has given way to it
 */
async function claimName(
  names: RunNames,
  name: string,
  wanted: NameRecord,
): Promise<{ claim: NameRecord; replaced?: NameRecord }> {
  for (;;) {
    const claim = await names.claim(name, wanted);
    const hasRun = claim.runId !== null;
    if (hasRun || claim.flow !== wanted.flow || claim.input === wanted.input) return { claim };
    if (await names.replace(name, claim, wanted)) return { claim: wanted, replaced: claim };
  }
}

/** @returns id of the run; undefined where the service knows the name by another input */
async function startClaimed(
  { executions, names, now, records }: RunParts,
  start: NameRecord & { name: string; target: string },
): Promise<string | undefined> {
  const { cause, flow, input, name, target } = start;
  // Before it is asked for: a run may end before the answer is here.
  const startedAt = now();
  const execution = await executions.start({ target, name, input });
  if (execution === 'taken') return undefined;
  const { arn } = execution;
  const id = runIdOf(arn);
  const run = { id, arn, flow, name, cause, startedAt, input: parseOr(input, null) };
  // Its first news may be there already.
  await records.change(id, (before) => before ?? newRunRecord(run));
  await names.assign(name, { runId: id, input });
  return id;
}

/**
 * The service knows the name by another input: that of the claim which has given way, started after all,
 * or of one that has come over ours meanwhile.
 * @returns id of the run that has the name
 */
async function joinTaken(
  parts: RunParts,
  { name, replaced, target }: { name: string; replaced: NameRecord | undefined; target: string },
): Promise<string> {
  const claim = await parts.names.get(name);
  if (typeof claim?.runId === 'string') return claim.runId;
  const other = replaced ?? claim;
  const runId = other && (await startClaimed(parts, { ...other, name, target }));
  if (runId === undefined) throw otherRun(name);
  return runId;
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
