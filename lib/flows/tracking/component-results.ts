import {
  componentResultSchema,
  latestResult,
  type ComponentResult,
} from '../../domain/tracking/component-result.ts';
import type { Store } from '../../ports/store.ts';
import { analysisKey } from '../component-analysis/analysis-key.ts';
import { pagesOf } from '../pages.ts';

const partition = 'component-results';
/** A component that is analysed no more is forgotten in the end. */
const keptMs = 365 * 24 * 3_600_000;
const resultsAtATime = 500;

/**
 * Keeps the result unless a later one is there already.
 * @param now milliseconds since the epoch
 * @throws UpstreamError when the store cannot be read or written
 */
export async function saveResult(
  store: Store,
  result: ComponentResult,
  now: number,
): Promise<void> {
  const key = resultKey(result);
  for (;;) {
    const item = await store.get(partition, key);
    const before = componentResultSchema.safeParse(item?.value).data;
    const value = latestResult(before, result);
    const written = { partition, key, value, expiresAt: now + keptMs };
    const isWritten =
      item === undefined ? await store.add(written) : await store.put(written, item.version);
    if (isWritten) return;
  }
}

/** How the last analysis of each component ended, by `resultKey`. */
export async function readLatestResults(store: Store): Promise<Map<string, ComponentResult>> {
  const results = new Map<string, ComponentResult>();
  const pages = pagesOf((cursor) => store.list(partition, { limit: resultsAtATime, cursor }));
  for await (const { items } of pages) {
    for (const { key, value } of items) {
      const result = componentResultSchema.safeParse(value).data;
      if (result !== undefined) results.set(key, result);
    }
  }
  return results;
}

/** Tells the results of components apart. */
export function resultKey(
  of: Pick<ComponentResult, 'component' | 'repository' | 'source'>,
): string {
  return analysisKey(of);
}
