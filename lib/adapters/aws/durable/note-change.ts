import type { RunParts } from './run-parts.ts';
import { hasEnded, withChange, type RunChange, type RunRecord } from './run-record.ts';

/**
 * Records what the service says of a run. Doing it again changes nothing, and completes what a death has left undone.
 * @returns the record after it
 * @throws UpstreamError when the store cannot be read or written
 */
export async function noteChange(
  { names, records }: Pick<RunParts, 'names' | 'records'>,
  record: RunRecord,
  change: RunChange,
): Promise<RunRecord> {
  const after = await records.change(record.id, (before) => withChange(before ?? record, change));
  // The name is free again when its run is gone, not sooner and not later.
  if (hasEnded(after)) await names.keepUntil(after.name, records.keptUntil(after));
  return after;
}
