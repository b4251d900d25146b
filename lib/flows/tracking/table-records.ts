import {
  endTurn,
  noTable,
  shareSeconds,
  tableRecordSchema,
  takeTurn,
  type TableRecord,
} from '../../domain/tracking/table-record.ts';
import type { Store } from '../../ports/store.ts';

const partition = 'tracking';

/** The right to write the table, which one at a time has. */
export interface Turn {
  record: TableRecord;
  /** Keeps what is about to be done. */
  save(record: TableRecord): Promise<void>;
  /** Lets others write again, after the time in which analyses share a write. */
  end(): Promise<void>;
}

/**
 * @param turn identifier of the tracking issue, and the run that wants to write
 * @param now milliseconds since the epoch
 * @throws UpstreamError when the store cannot be read or written
 */
export async function beginTurn(
  store: Store,
  { issue, writer }: { issue: string; writer: string },
  now: () => number,
): Promise<Turn | { again: number }> {
  const item = await store.get(partition, issue);
  const before = tableRecordSchema.safeParse(item?.value).data ?? noTable;
  const taken = takeTurn(before, { now: now(), writer });
  if ('again' in taken) return taken;
  const written = { partition, key: issue, value: taken };
  const isMine =
    item === undefined ? await store.add(written) : await store.put(written, item.version);
  // Whoever was faster is at it.
  if (!isMine) return { again: shareSeconds };

  const turn: Turn = {
    record: taken,
    async save(record) {
      turn.record = record;
      await store.put({ ...written, value: record });
    },
    end: () => turn.save(endTurn(turn.record, now())),
  };
  return turn;
}
