import { z } from 'zod';
import { runReportSchema } from '../../../lib/domain/report.ts';
import {
  runDetailSchema,
  runLogLineSchema,
  runSummarySchema,
  startedRunSchema,
} from '../../../lib/domain/run.ts';
import type { RunDesk } from '../../desk/run-desk.ts';
import { agentRunStopSchema } from './http-agents.ts';
import { queryOf, type CallHost } from './host-client.ts';

const retriedSchema = z.object({ runId: z.string() });
const stoppedSchema = runDetailSchema.extend({ agentRuns: z.array(agentRunStopSchema) });
const listSchema = z.object({ runs: z.array(runSummarySchema), next: z.string().nullable() });
const logsSchema = z.object({ lines: z.array(runLogLineSchema) });

/** The desk of a host that runs on this machine, over its HTTP API. */
export function createHttpDesk(call: CallHost): RunDesk {
  return {
    getRun: (id) => call({ path: pathOf(id), answer: runDetailSchema }),
    getReport: (id) => call({ path: `${pathOf(id)}/report`, answer: runReportSchema }),
    start: ({ flow, input, name }) =>
      call({
        method: 'POST',
        path: '/api/runs',
        body: { flow, input, name },
        answer: startedRunSchema,
      }),

    list: (query) => call({ path: `/api/runs?${queryOf({ ...query })}`, answer: listSchema }),
    logs: async (id, options = {}) => {
      const path = `${pathOf(id)}/logs?${queryOf({ ...options })}`;
      return (await call({ path, answer: logsSchema })).lines;
    },
    stop: (id) => call({ method: 'POST', path: `${pathOf(id)}/stop`, answer: stoppedSchema }),
    retry: (id) => call({ method: 'POST', path: `${pathOf(id)}/retry`, answer: retriedSchema }),
  };
}

function pathOf(id: string): string {
  return `/api/runs/${encodeURIComponent(id)}`;
}
