import { z } from 'zod';
import { calledServiceSchema } from '../../domain/usage.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { changeItem } from '../change-item.ts';
import { pagesOf } from '../pages.ts';

const partition = 'usage';
const dayMs = 86_400_000;

/** Days for which calls are known. */
export const keptDays = 35;

const quotaSchema = z.object({
  limit: z.number(),
  remaining: z.number(),
  resetAt: z.string().nullable(),
  /** When it was told, ISO 8601 UTC. */
  at: z.string(),
});

/** How often a service was called on a day. */
const callCountSchema = z.object({
  /** UTC: `2026-11-23`. */
  day: z.iso.date(),
  service: calledServiceSchema,
  calls: z.int().min(0),
  /** What was last told of the allowance; null where nothing was. */
  quota: quotaSchema.nullable(),
});
export type CallCount = z.infer<typeof callCountSchema>;

/** Both together, of one service and day. */
export function sumOf(one: CallCount, other: CallCount): CallCount {
  return { ...one, calls: one.calls + other.calls, quota: laterOf(one.quota, other.quota) };
}

function laterOf(one: CallCount['quota'], other: CallCount['quota']): CallCount['quota'] {
  if (one === null || other === null) return one ?? other;
  return other.at >= one.at ? other : one;
}

/** Adds to what is stored, whoever else does at the same time. */
export async function addCalls(store: Store, counted: CallCount): Promise<void> {
  await changeItem(store, { partition, key: keyOf(counted) }, (item) => {
    const before = parse(item);
    return {
      value: before === undefined ? counted : sumOf(before, counted),
      expiresAt: Date.parse(counted.day) + keptDays * dayMs,
    };
  });
}

export function keyOf({ day, service }: Pick<CallCount, 'day' | 'service'>): string {
  return `calls/${day}/${service}`;
}

/** From the first day on, the latest first. */
export async function listCalls(store: Store, firstDay: string): Promise<CallCount[]> {
  const found: CallCount[] = [];
  const query = { prefix: 'calls/', descending: true, limit: 200 };
  for await (const { items } of pagesOf((cursor) => store.list(partition, { ...query, cursor }))) {
    const counts = items.flatMap((item) => parse(item) ?? []);
    const wanted = counts.filter(({ day }) => day >= firstDay);
    found.push(...wanted);
    if (wanted.length < counts.length) break;
  }
  return found;
}

/** Undefined as well for what another version of the program has written in a shape of its own. */
function parse(item: VersionedItem | undefined): CallCount | undefined {
  return callCountSchema.safeParse(item?.value).data;
}
