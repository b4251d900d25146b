import { scheduleStateSchema, type ScheduleState } from '../../domain/schedule-rules.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';

const partition = 'schedule';

/** Undefined for a schedule that has never ticked. @throws UpstreamError */
export async function readScheduleState(
  store: Pick<Store, 'get'>,
  name: string,
): Promise<ScheduleState | undefined> {
  const item = await store.get(partition, name);
  if (item === undefined) return undefined;
  const parsed = scheduleStateSchema.safeParse(item.value);
  if (parsed.success) return parsed.data;
  // To begin anew would forget that a person has paused it.
  const message = `What is stored of the schedule ${name} cannot be read.`;
  throw new UpstreamError(message, { service: 'store', retryable: false });
}

/** @throws UpstreamError */
export async function writeScheduleState(
  store: Pick<Store, 'put'>,
  name: string,
  state: ScheduleState,
): Promise<void> {
  await store.put({ partition, key: name, value: state });
}
