import {
  answerRecordSchema,
  takeOver,
  type AnswerRecord,
  type AnsweringRun,
} from '../../domain/answers/answer-record.ts';
import type { Place } from '../../domain/answers/place.ts';
import type { Store, StoredItem, VersionedItem } from '../../ports/store.ts';
import { pagesOf } from '../pages.ts';
import { answerKey } from './answer-key.ts';

const partition = 'answers';
const recordsAtATime = 100;
/** Then only the ids of comments tell what was there before. */
const keptMs = 365 * 24 * 3_600_000;

export interface KeptAnswer {
  key: string;
  record: AnswerRecord;
}

/** What is owed, on disk before anything is shown. */
export interface AnswerRecords {
  /** Undefined: a newer run is answered there. */
  open(place: Place, run: AnsweringRun): Promise<KeptAnswer | undefined>;
  get(key: string): Promise<AnswerRecord | undefined>;
  /**
   * Changes the record of a run.
   * @returns undefined when a newer run is answered there meanwhile
   */
  change(
    { key, record }: KeptAnswer,
    change: (current: AnswerRecord) => AnswerRecord,
  ): Promise<KeptAnswer | undefined>;
  /** Those of which something is owed, oldest first. */
  listOpen(): Promise<KeptAnswer[]>;
}

/** @param now milliseconds since the epoch */
export function createAnswerRecords(store: Store, now: () => number): AnswerRecords {
  /** Reads and writes until nobody else has written in between. */
  const rewrite = async (
    key: string,
    next: (before: AnswerRecord | undefined) => AnswerRecord | undefined,
  ): Promise<KeptAnswer | undefined> => {
    for (;;) {
      const item = await store.get(partition, key);
      const record = next(parse(item));
      if (record === undefined) return undefined;
      const wanted = toItem(key, record, now());
      const isWritten = await (item === undefined
        ? store.add(wanted)
        : store.put(wanted, item.version));
      if (isWritten) return { key, record };
    }
  };

  return {
    open: (place, run) =>
      rewrite(answerKey(place, run.id), (before) => {
        const at = new Date(now()).toISOString();
        const record = takeOver(before, { at, place, run });
        return record === 'superseded' ? undefined : record;
      }),

    get: async (key) => parse(await store.get(partition, key)),

    change: ({ key, record }, change) =>
      rewrite(key, (current) =>
        current === undefined || current.run.id !== record.run.id ? undefined : change(current),
      ),

    async listOpen() {
      const found: KeptAnswer[] = [];
      const pages = pagesOf((cursor) =>
        store.list(partition, { index: 'open', limit: recordsAtATime, cursor }),
      );
      for await (const { items } of pages) {
        for (const item of items) {
          const record = parse(item);
          if (record !== undefined) found.push({ key: item.key, record });
        }
      }
      return found;
    },
  };
}

/** Undefined as well for what a version of long ago has written. */
function parse(item: VersionedItem | undefined): AnswerRecord | undefined {
  return answerRecordSchema.safeParse(item?.value).data;
}

function toItem(key: string, record: AnswerRecord, now: number): StoredItem {
  const item = { partition, key, value: record };
  if (record.closed !== null) return { ...item, expiresAt: now + keptMs };
  return { ...item, sort: { open: record.openedAt } };
}
