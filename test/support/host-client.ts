import { z } from 'zod';
import {
  finalRunStates,
  runDetailSchema,
  runSummarySchema,
  type RunDetail,
} from '../../lib/domain/run.ts';

const listSchema = z.object({ runs: z.array(runSummarySchema), next: z.string().nullable() });

export async function listRuns(url: string, query = '') {
  const response = await fetch(`${url}/api/runs${query}`);
  return listSchema.parse(await response.json());
}

export async function getRun(url: string, id: string): Promise<RunDetail> {
  const response = await fetch(`${url}/api/runs/${id}`);
  return runDetailSchema.parse(await response.json());
}

export async function startAnalysis(url: string, input: unknown): Promise<string> {
  const response = await fetch(`${url}/api/runs`, {
    method: 'POST',
    body: JSON.stringify({ flow: 'component-analysis', input }),
  });
  const started = z.object({ runId: z.string() }).parse(await response.json());
  return started.runId;
}

/** Asks until the run has ended. */
export async function untilEnded(url: string, id: string): Promise<RunDetail> {
  for (;;) {
    const run = await getRun(url, id);
    if (finalRunStates.includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks until every run in the list has ended. */
export async function untilAllEnded(url: string): Promise<RunDetail[]> {
  const { runs } = await listRuns(url);
  return Promise.all(runs.map(({ id }) => untilEnded(url, id)));
}
