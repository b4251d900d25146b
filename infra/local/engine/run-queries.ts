import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { RunSummary } from '../../../lib/domain/run.ts';
import type { RunQuery, Runs } from '../../../lib/ports/runs.ts';
import type { Tables } from './engine-context.ts';
import type { RunEvent } from './engine-interface.ts';
import { runDetail, runSummary } from './run-views.ts';

const longestPage = 1_000;
const foundByPrefix = 10;

/** The reading half of the runs port: all that a process without the data folder's lock may do. */
export interface RunQueries extends Pick<
  Runs,
  'list' | 'get' | 'getSummary' | 'findByName' | 'logs'
> {
  /** Runs whose id begins with `prefix`, newest first, 10 at most. */
  findRuns(prefix: string): RunSummary[];
  /** What happened in a run, oldest first. */
  history(runId: string): RunEvent[];
}

export function createRunQueries(tables: Tables): RunQueries {
  const { runs, operations, history, log } = tables;
  return {
    async list(query) {
      const limit = Math.min(longestPage, Math.max(1, query.limit));
      // One more than asked for tells whether there is a next page.
      const rows = runs.list({ ...filterOf(query), limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const next = rows.length > limit && last ? String(last.seq) : null;
      return { runs: page.map(runSummary), next };
    },

    async get(runId) {
      const run = runs.get(runId);
      return run && runDetail(run, operations.list(runId));
    },

    async getSummary(runId) {
      const run = runs.get(runId);
      return run && runSummary(run);
    },

    async findByName(name) {
      const run = runs.getByName(name);
      return run && runSummary(run);
    },

    async logs(runId, { after = 0, limit = longestPage } = {}) {
      return log.list(runId, { after, limit });
    },

    findRuns: (prefix) => runs.listByIdPrefix(prefix, foundByPrefix).map(runSummary),

    history: (runId) => history.list(runId),
  };
}

/** The cursor is the place in the order of starts, so that new runs do not shift the pages. */
function filterOf({ flow, state, select, cursor }: RunQuery) {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) {
    throw new RequestRejectedError('invalid', 'The cursor is not one that a page of runs gave');
  }
  return {
    ...(flow !== undefined && { flow }),
    ...(state !== undefined && { state }),
    ...(select !== undefined && { select }),
    ...(cursor !== undefined && { before: Number(cursor) }),
  };
}
