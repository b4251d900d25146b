import { isSelected } from '../../../domain/run-selection.ts';
import { finalRunStates, type RunSummary } from '../../../domain/run.ts';
import type { RunQuery } from '../../../ports/runs.ts';
import type { ListQuery, SortIndex, Store } from '../../../ports/store.ts';
import { isRunId } from './execution-arn.ts';
import { runRecordSchema, summaryOf } from './run-record.ts';
import { partitions } from './run-records.ts';

const longestPage = 1_000;
const foundByPrefix = 10;

/** A list in which few fit is read in so many pieces; the caller goes on from there. */
const mostReads = 25;

/** Newest first. Runs that another version of the program has recorded are left out. */
export async function listRuns(
  store: Pick<Store, 'list'>,
  query: RunQuery,
): Promise<{ runs: RunSummary[]; next: string | null }> {
  const limit = Math.min(longestPage, Math.max(1, query.limit));
  const { index, partition } = placeOf(query);
  const runs: RunSummary[] = [];
  let cursor = query.cursor;
  let reads = 0;
  for (;;) {
    const missing = limit - runs.length;
    const page = await readPage(store, partition, {
      index,
      descending: true,
      limit: missing,
      cursor,
    });
    runs.push(...page.runs.filter((run) => isAskedFor(run, query)));
    reads += 1;
    if (page.next === null || runs.length === limit || reads === mostReads) {
      return { runs, next: page.next };
    }
    cursor = page.next;
  }
}

/** Runs whose id begins with `prefix`, newest first, 10 at most. */
export async function findRuns(store: Pick<Store, 'list'>, prefix: string): Promise<RunSummary[]> {
  if (!isRunId(prefix)) return [];
  const { runs } = await readPage(store, partitions.all, { prefix, limit: foundByPrefix });
  return runs.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
}

/** The shortest list that holds all that is asked for. */
function placeOf({ flow, select = 'all', state }: RunQuery): {
  partition: string;
  index: SortIndex;
} {
  const ofFlow = flow === undefined ? partitions.all : partitions.ofFlow(flow);
  if (state !== undefined && !finalRunStates.includes(state)) {
    return { partition: ofFlow, index: 'open' };
  }
  const index = 'byTime';
  if (select === 'attention' || state === 'failed' || state === 'timed_out') {
    return { partition: partitions.attention, index };
  }
  if (select === 'without-routine' || state === 'stopped') {
    return { partition: partitions.withoutRoutine, index };
  }
  return { partition: ofFlow, index };
}

function isAskedFor(run: RunSummary, { flow, select = 'all', state }: RunQuery): boolean {
  return (
    (flow === undefined || run.flow === flow) &&
    (state === undefined || run.state === state) &&
    isSelected(run, select)
  );
}

async function readPage(
  store: Pick<Store, 'list'>,
  partition: string,
  query: ListQuery,
): Promise<{ runs: RunSummary[]; next: string | null }> {
  const { items, next } = await store.list(partition, query);
  const records = items.map(({ value }) => runRecordSchema.safeParse(value));
  return {
    runs: records.flatMap(({ data }) => (data === undefined ? [] : [summaryOf(data)])),
    next,
  };
}
