import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { RequestRejectedError, UpstreamError } from '../../../domain/errors.ts';
import { causeSchema } from '../../../domain/run.ts';
import type { StoredItem, Store } from '../../../ports/store.ts';

const partition = 'run-names';

/** What was asked to run under a name, written down before the service is asked. */
const nameRecordSchema = z.object({
  flow: z.string(),
  /** JSON: what the service compares when it is asked a second time. */
  input: z.string(),
  cause: causeSchema,
  /** Null until the service's answer is noted. */
  runId: z.string().nullable(),
});
export type NameRecord = z.infer<typeof nameRecordSchema>;

/** The names of runs: each has one run, for as long as it is kept. */
export interface RunNames {
  get(name: string): Promise<NameRecord | undefined>;
  /** Writes the record unless there is one; gives the one that counts. */
  claim(name: string, record: NameRecord): Promise<NameRecord>;
  /**
   * Writes `record` over a claim that has come to no run.
   * @returns false when the name has another record by now than `claim`
   */
  replace(name: string, claim: NameRecord, record: NameRecord): Promise<boolean>;
  /** Notes which run has the name, and with what input it was started, where that is known. */
  assign(name: string, run: { runId: string; input?: string | undefined }): Promise<void>;
  /** Says when the name is free again: milliseconds since the epoch. */
  keepUntil(name: string, expiresAt: number): Promise<void>;
}

/** @param keptUntil milliseconds since the epoch until which a name that is taken now is kept */
export function createRunNames(store: Store, keptUntil: () => number): RunNames {
  const change = async (name: string, changed: (item: NameItem) => NameItem): Promise<void> => {
    for (;;) {
      const item = await store.get(partition, name);
      if (item === undefined) return;
      const before = { ...item, value: readName(item.value) };
      const after = changed(before);
      if (after === before || (await store.put(after, item.version))) return;
    }
  };

  return {
    async get(name) {
      const item = await store.get(partition, name);
      return item && readName(item.value);
    },

    async claim(name, record) {
      const item = { partition, key: name, value: record, expiresAt: keptUntil() };
      for (;;) {
        if (await store.add(item)) return record;
        // Where it is gone in between, the name is free after all.
        const existing = await store.get(partition, name);
        if (existing !== undefined) return readName(existing.value);
      }
    },

    async replace(name, claim, record) {
      const item = await store.get(partition, name);
      if (item === undefined || !isDeepStrictEqual(readName(item.value), claim)) return false;
      const next = { partition, key: name, value: record, expiresAt: keptUntil() };
      return store.put(next, item.version);
    },

    assign: (name, { input, runId }) =>
      change(name, (item) => {
        // The service gives one run to a name: whoever was faster has noted the same.
        if (item.value.runId !== null) return item;
        return { ...item, value: { ...item.value, runId, input: input ?? item.value.input } };
      }),

    keepUntil: (name, expiresAt) => change(name, (item) => ({ ...item, expiresAt })),
  };
}

type NameItem = StoredItem & { value: NameRecord };

/** @throws RequestRejectedError */
export function requireValidName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return;
  throw new RequestRejectedError(
    'invalid',
    'The name of a run is 1 to 64 letters, digits, hyphens and underscores',
  );
}

function readName(value: unknown): NameRecord {
  const parsed = nameRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = 'A run was noted by another version of this program.';
  throw new UpstreamError(message, { service: 'store', retryable: false, cause: parsed.error });
}
