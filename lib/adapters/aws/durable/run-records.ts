import { UpstreamError } from '../../../domain/errors.ts';
import { isSelected } from '../../../domain/run-selection.ts';
import type { StoredItem, Store, VersionedItem } from '../../../ports/store.ts';
import { hasEnded, runRecordSchema, type RunRecord } from './run-record.ts';

const dayMs = 86_400_000;

/** No execution of the service lasts longer. */
const longestRunMs = 366 * dayMs;

/**
 * Where records are: each under its id among all runs, and copies of it, by which a list that leaves most
 * runs out need not read them.
 */
export const partitions = {
  all: 'runs',
  /** Runs of one flow. */
  ofFlow: (flow: string) => `runs/of/${flow}`,
  withoutRoutine: 'runs/without-routine',
  attention: 'runs/attention',
};

/** The records of runs. All methods throw UpstreamError when the store cannot be read or written. */
export interface RunRecords {
  get(runId: string): Promise<RunRecord | undefined>;
  /**
   * Changes a record, and what lists show of it, whoever else does so at the same time.
   * @param change gives the record after it; the same object where nothing changes
   * @returns the record after it
   */
  change(runId: string, change: (before: RunRecord | undefined) => RunRecord): Promise<RunRecord>;
  /** Milliseconds since the epoch until which what belongs to a run is kept. */
  keptUntil(run: Pick<RunRecord, 'endedAt' | 'startedAt'>): number;
}

/** @param retentionDays for which ended runs are kept */
export function createRunRecords(store: Store, retentionDays: number): RunRecords {
  const keptUntil: RunRecords['keptUntil'] = ({ endedAt, startedAt }) =>
    (endedAt === null ? Date.parse(startedAt) + longestRunMs : Date.parse(endedAt)) +
    retentionDays * dayMs;

  const itemOf = (partition: string, record: RunRecord): StoredItem => ({
    partition,
    key: record.id,
    value: record,
    sort: {
      byTime: record.startedAt,
      ...(!hasEnded(record) && { open: record.startedAt }),
    },
    expiresAt: keptUntil(record),
  });

  const write = async (
    runId: string,
    change: (before: RunRecord | undefined) => RunRecord,
  ): Promise<RunRecord> => {
    for (;;) {
      const item = await store.get(partitions.all, runId);
      const before = item && readRecord(item);
      const after = change(before);
      if (after === before) return after;
      const changed = itemOf(partitions.all, after);
      const written = item ? store.put(changed, item.version) : store.add(changed);
      if (await written) return after;
    }
  };

  return {
    keptUntil,

    async get(runId) {
      const item = await store.get(partitions.all, runId);
      return item && readRecord(item);
    },

    async change(runId, change) {
      const after = await write(runId, change);
      await placeCopies(store, runId, itemOf);
      return after;
    },
  };
}

/**
 * Brings the copies to what the record says. Another process may have changed it and placed its copies
 * before these: only when the record is still the one that was placed, the copies are right.
 */
async function placeCopies(
  store: Store,
  runId: string,
  itemOf: (partition: string, record: RunRecord) => StoredItem,
): Promise<void> {
  let placed: number | undefined;
  for (;;) {
    const item = await store.get(partitions.all, runId);
    if (item === undefined || item.version === placed) return;
    const record = readRecord(item);
    const place = (partition: string) => store.put(itemOf(partition, record));
    await Promise.all([
      place(partitions.ofFlow(record.flow)),
      // What goes on is no routine until it has succeeded.
      isSelected(record, 'without-routine')
        ? place(partitions.withoutRoutine)
        : store.remove(partitions.withoutRoutine, runId),
      isSelected(record, 'attention') && place(partitions.attention),
    ]);
    placed = item.version;
  }
}

/** @throws UpstreamError for a value that this version of the program cannot read */
export function readRecord({ key, value }: VersionedItem): RunRecord {
  const parsed = runRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = `The run ${key} was recorded by another version of this program.`;
  throw new UpstreamError(message, { service: 'store', retryable: false, cause: parsed.error });
}
