import { z } from 'zod';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { RunReport } from '../../lib/domain/report.ts';
import type { RunDetail, RunSummary } from '../../lib/domain/run.ts';
import { readReport } from '../../lib/flows/component-analysis/report-storage.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import type { Runs } from '../../lib/ports/runs.ts';

/** What people look at: runs, their logs and their reports. */
export interface RunReader extends Pick<Runs, 'list' | 'logs'> {
  /**
   * @param id a run's id, or the beginning of one, 4 characters or more
   * @throws RequestRejectedError when no run or several fit
   */
  getRun(id: string): Promise<RunDetail>;
  /** @throws RequestRejectedError when the run has no report (yet, or any more) */
  getReport(id: string): Promise<RunReport>;
}

/** The reading half of what runs flows; another process, or AWS, may run the other half. */
export interface RunSource extends Pick<Runs, 'list' | 'get' | 'logs'> {
  /** Those whose id begins with it; two are enough to tell that it is not one. */
  findRuns(prefix: string): RunSummary[] | Promise<RunSummary[]>;
}

const shortestPrefix = 4;

/** The result of a run that has a report says where it is kept. */
const reportingResultSchema = z.object({ report: z.string() });

export function createRunReader(source: RunSource, blobs: Blobs): RunReader {
  const getByPrefix = async (prefix: string): Promise<RunDetail | undefined> => {
    if (prefix.length < shortestPrefix) return undefined;
    const [first, ...others] = await source.findRuns(prefix);
    if (others.length > 0) {
      throw new RequestRejectedError('invalid', `More than one run begins with ${prefix}.`);
    }
    return first === undefined ? undefined : source.get(first.id);
  };

  const getRun = async (id: string): Promise<RunDetail> => {
    const run = (await source.get(id)) ?? (await getByPrefix(id));
    if (run === undefined) throw new RequestRejectedError('not-found', `There is no run ${id}.`);
    return run;
  };

  return {
    list: (query) => source.list(query),
    logs: (runId, options) => source.logs(runId, options),
    getRun,
    getReport: async (id) => {
      const run = await getRun(id);
      const result = reportingResultSchema.safeParse(run.result);
      if (!result.success) {
        const problem = `The run ${run.id} (${run.state}) has no report.`;
        throw new RequestRejectedError('not-found', problem);
      }
      const report = await readReport(blobs, result.data.report);
      if (report !== null) return report;
      throw new RequestRejectedError('not-found', `The report of the run ${run.id} is gone.`);
    },
  };
}
