import {
  componentResultSchema,
  latestResult,
  type ComponentResult,
} from '../../domain/tracking/component-result.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { analysisKey, type AnalysedComponent } from '../component-analysis/analysis-key.ts';
import { pagesOf } from '../pages.ts';

const partition = 'component-results';
/** A component that is analysed no more is forgotten in the end. */
const keptMs = 365 * 24 * 3_600_000;
const resultsAtATime = 500;

/**
 * Keeps the result, as one that the table does not show yet, unless it or a later one is there already.
 * @param now milliseconds since the epoch
 * @throws UpstreamError when the store cannot be read or written
 */
export async function saveResult(
  store: Store,
  result: ComponentResult,
  now: number,
): Promise<void> {
  const key = analysisKey(result);
  for (;;) {
    const item = await store.get(partition, key);
    const before = item && readResult(item);
    if (before !== undefined && !isNews(before, result)) return;
    const value = latestResult(before, result);
    const written = {
      partition,
      key,
      value,
      sort: { open: value.endedAt },
      expiresAt: now + keptMs,
    };
    const isWritten =
      item === undefined ? await store.add(written) : await store.put(written, item.version);
    if (isWritten) return;
  }
}

function isNews(before: ComponentResult, result: ComponentResult): boolean {
  const isSame = before.runId === result.runId && before.state === result.state;
  return !isSame && latestResult(before, result) !== before;
}

/** Whether the component's result waits to be shown in the table. */
export async function isUnshown(store: Store, component: AnalysedComponent): Promise<boolean> {
  const item = await store.get(partition, analysisKey(component));
  return item?.sort?.open !== undefined;
}

/** All results that wait to be shown. */
export async function listUnshown(store: Store): Promise<VersionedItem[]> {
  const found: VersionedItem[] = [];
  const pages = pagesOf((cursor) =>
    store.list(partition, { index: 'open', limit: resultsAtATime, cursor }),
  );
  for await (const { items } of pages) found.push(...items);
  return found;
}

/** The table shows these, as they were read. One that has changed since goes on waiting. */
export async function markShown(store: Store, items: readonly VersionedItem[]): Promise<void> {
  for (const { version, ...item } of items) await store.put({ ...item, sort: {} }, version);
}

function readResult({ value }: VersionedItem): ComponentResult | undefined {
  return componentResultSchema.safeParse(value).data;
}

/** How the last analysis of each component ended, by `analysisKey`. */
export async function readLatestResults(store: Store): Promise<Map<string, ComponentResult>> {
  const results = new Map<string, ComponentResult>();
  const pages = pagesOf((cursor) => store.list(partition, { limit: resultsAtATime, cursor }));
  for await (const { items } of pages) {
    for (const item of items) {
      const result = readResult(item);
      if (result !== undefined) results.set(item.key, result);
    }
  }
  return results;
}
