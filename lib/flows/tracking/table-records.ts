import {
  endTurn,
  extendTurn,
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
  /**
   * Keeps what is about to be done.
   * @returns false where the turn has passed to somebody else, who was not to wait any longer: nothing is kept
   */
  save(record: TableRecord): Promise<boolean>;
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

  const write = async (record: TableRecord): Promise<boolean> => {
    const current = await store.get(partition, issue);
    const found = tableRecordSchema.safeParse(current?.value).data;
    if (current === undefined || found?.turn !== taken.turn) return false;
    return store.put({ partition, key: issue, value: record }, current.version);
  };
  const turn: Turn = {
    record: taken,
    async save(record) {
      turn.record = record;
      return write(extendTurn(record, now()));
    },
    async end() {
      await write(endTurn(turn.record, now()));
    },
  };
  return turn;
}
