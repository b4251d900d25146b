import { z } from 'zod';
import {
  finalRunStates,
  runDetailSchema,
  runSummarySchema,
  type RunDetail,
} from '../../lib/domain/run.ts';

const startedSchema = z.object({ runId: z.string() });
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
  return startedSchema.parse(await response.json()).runId;
}

/** Asks until the run has ended. */
export async function untilEnded(url: string, id: string): Promise<RunDetail> {
  for (;;) {
    const run = await getRun(url, id);
    if (finalRunStates.includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All of them, to their ends. One is asked about at a time: more would keep the host from its work. */
export async function untilEachEnded(url: string, ids: readonly string[]): Promise<RunDetail[]> {
  const ended: RunDetail[] = [];
  for (const id of ids) ended.push(await untilEnded(url, id));
  return ended;
}

/** Has the host look for what it has missed, and waits for the end of that. */
export async function runAutonomousCicd(url: string): Promise<RunDetail> {
  for (;;) {
    const response = await fetch(`${url}/api/schedules/autonomous-cicd/run`, { method: 'POST' });
    if (response.status !== 409) {
      return untilEnded(url, startedSchema.parse(await response.json()).runId);
    }
    // It ticks by itself when it starts for the first time: that has to end before.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks until every run in the list has ended. */
export async function untilAllEnded(url: string): Promise<RunDetail[]> {
  const { runs } = await listRuns(url);
  return untilEachEnded(
    url,
    runs.map(({ id }) => id),
  );
}
