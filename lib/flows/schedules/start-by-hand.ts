import { RequestRejectedError } from '../../domain/errors.ts';
import type { Runs } from '../../ports/runs.ts';
import type { ScheduleDefinition } from './definitions.ts';
import { findRunGoingOn } from './flow-runs.ts';

/**
 * Starts the flow of a schedule now, out of turn.
 * @param advice sentences for who is refused: what else to do about a run that has not ended
 * @throws RequestRejectedError: `conflict` while a run of the flow is going on; UpstreamError
 */
export async function startByHand(
  runs: Pick<Runs, 'get' | 'list' | 'start'>,
  { flow }: ScheduleDefinition,
  advice: readonly string[] = [],
): Promise<{ runId: string }> {
  const obstacle = await findRunGoingOn(runs, flow);
  if (obstacle !== undefined) {
    const problem = `The run ${obstacle.id} of ${flow} has not ended.`;
    throw new RequestRejectedError('conflict', [problem, ...advice].join(' '));
  }
  const name = `${flow}-${crypto.randomUUID()}`.slice(0, 64);
  const { runId } = await runs.start({ flow, name, input: {}, cause: { kind: 'cli' } });
  return { runId };
}
