import { RequestRejectedError } from '../../domain/errors.ts';
import type { Runs } from '../../ports/runs.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { findRunGoingOn } from './flow-runs.ts';

/**
 * Starts the flow of a schedule now, out of turn.
 * @throws RequestRejectedError: `conflict` while a run of the flow is going on; UpstreamError
 */
export async function startByHand(
  runs: Pick<Runs, 'get' | 'list' | 'start'>,
  { flow }: ScheduleDefinition,
): Promise<{ runId: string }> {
  const obstacle = await findRunGoingOn(runs, flow);
  if (obstacle !== undefined) {
    // Whether anything works on it is not known here: a command without a host comes upon it too.
    const message =
      `The run ${obstacle.id} of ${flow} has not ended. ` +
      'If a host has left it behind, npm start goes on with it.';
    throw new RequestRejectedError('conflict', message);
  }
  const name = `${flow}-${crypto.randomUUID()}`.slice(0, 64);
  const { runId } = await runs.start({ flow, name, input: {}, cause: { kind: 'cli' } });
  return { runId };
}
