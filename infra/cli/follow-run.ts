import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../../lib/domain/errors.ts';
import { finalRunStates, type RunDetail, type RunLogLine } from '../../lib/domain/run.ts';
import type { RunReader } from '../desk/run-reader.ts';
import type { RunPlace } from './desks/run-place.ts';

interface Following {
  reader: Pick<RunReader, 'getRun' | 'logs'>;
  place: Pick<RunPlace, 'pollMs' | 'lateMs'>;
}

/**
 * Shows the lines of a run's log as they come, until it has ended.
 * @throws UpstreamError that says what becomes of the run where its host is gone
 */
export async function followRun(
  following: Following,
  runId: string,
  show: (line: RunLogLine) => void,
): Promise<RunDetail> {
  try {
    return await followLines(following, runId, show);
  } catch (error) {
    throw isHostGone(error) ? lostHost(runId, error) : error;
  }
}

async function followLines(
  { place, reader }: Following,
  runId: string,
  show: (line: RunLogLine) => void,
): Promise<RunDetail> {
  let after = 0;
  let endSeenAt: number | undefined;
  for (;;) {
    // The state first: lines written before the end are then surely read.
    const run = await reader.getRun(runId);
    const lines = await reader.logs(run.id, { after });
    for (const line of lines) {
      show(line);
      after = line.seq;
    }
    if (finalRunStates.includes(run.state)) endSeenAt ??= Date.now();
    const isSettled = endSeenAt !== undefined && Date.now() - endSeenAt >= place.lateMs;
    if (isSettled && lines.length === 0) return run;
    if (lines.length === 0) await delay(place.pollMs);
  }
}

/**
 * Waits for the end alone.
 * @throws UpstreamError as above
 */
export async function untilRunEnds(
  { place, reader }: Following,
  runId: string,
): Promise<RunDetail> {
  for (;;) {
    const run = await reader.getRun(runId).catch((error: unknown) => {
      throw isHostGone(error) ? lostHost(runId, error) : error;
    });
    if (finalRunStates.includes(run.state)) return run;
    await delay(place.pollMs);
  }
}

/** It has not answered at all: it was stopped, or killed. */
function isHostGone(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.service === 'host' && error.status === undefined;
}

function lostHost(runId: string, cause: UpstreamError): UpstreamError {
  const id = runId.slice(0, 8);
  const message =
    `The host does not answer any more. The run ${id} goes on when the host starts again: npm start. ` +
    `Then look at it: cicd runs show ${id}`;
  return new UpstreamError(message, { service: 'host', retryable: true, cause });
}
