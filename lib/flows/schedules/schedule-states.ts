import {
  newSchedule,
  scheduleStateSchema,
  type ScheduleState,
} from '../../domain/schedule-rules.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';

const partition = 'schedule';

/** A schedule's state as it was read; without a version it is a new one that nobody has stored. */
export interface ReadScheduleState {
  state: ScheduleState;
  version?: number;
}

/**
 * @param now milliseconds since the epoch: the beginning of a schedule that has never ticked
 * @throws UpstreamError
 */
export async function readScheduleState(
  store: Pick<Store, 'get'>,
  name: string,
  now: number,
): Promise<ReadScheduleState> {
  const item = await store.get(partition, name);
  if (item === undefined) return { state: newSchedule(now) };
  const parsed = scheduleStateSchema.safeParse(item.value);
  if (parsed.success) return { state: parsed.data, version: item.version };
  // To begin anew would forget that a person has paused it.
  const message = `What is stored of the schedule ${name} cannot be read.`;
  throw new UpstreamError(message, { service: 'store', retryable: false });
}

/**
 * @param before what was read; the state is written only over that
 * @returns false when somebody else has written in between
 * @throws UpstreamError
 */
export async function writeScheduleState(
  store: Pick<Store, 'add' | 'put'>,
  name: string,
  { before, state }: { before: ReadScheduleState; state: ScheduleState },
): Promise<boolean> {
  const item = { partition, key: name, value: state };
  return before.version === undefined ? store.add(item) : store.put(item, before.version);
}
