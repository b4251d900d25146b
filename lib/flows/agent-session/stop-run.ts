import type { AgentRun } from '../../domain/agents/agent-run.ts';
import { closeRecord } from '../../domain/answers/answer-record.ts';
import { UpstreamError } from '../../domain/errors.ts';
import { subjectOf } from '../../domain/run-subject.ts';
import { errorFields, type Logger } from '../../runtime/logging.ts';
import { closeAgentRun } from '../agents/asking/close-agent-run.ts';
import type { SessionPlace } from '../answers/session-writer.ts';
import { pagesOf } from '../pages.ts';
import type { AgentSessionServices } from './services.ts';

/** Why a run has ended. */
const why = 'Stopped in its agent session in Linear';

const agentRunsAtATime = 100;

/** The run of an analysis, and where it is answered. */
interface SessionRun {
  runId: string;
  place: SessionPlace;
}

/** Ends a run and its agents; nobody owes an answer for it any more. May be called again. */
export async function stopRun(
  run: SessionRun,
  services: AgentSessionServices,
  log: Logger,
): Promise<void> {
  await services.runs.stop(run.runId, why);
  await waiveAnswer(run, services);
  await cancelAgents(run.runId, services, log);
}

/**
 * What is said about the stop is the answer: nobody has to write another one. Also where none was owed yet: the run
 * may have been about to say so.
 */
async function waiveAnswer(
  { place, runId }: SessionRun,
  { answers, now, runs }: AgentSessionServices,
): Promise<void> {
  const at = new Date(now()).toISOString();
  const startedAt = (await runs.getSummary(runId))?.startedAt ?? at;
  const answer = await answers.open(place, { id: runId, startedAt, subject: subjectOf(place) });
  if (answer === undefined) return;
  await answers.change(answer, (record) =>
    record.closed === null ? closeRecord(record, { at, isShown: false, problem: why }) : record,
  );
}

/** What cannot be ended now keeps its place; autonomous-cicd finds it without a run that waits for it. */
async function cancelAgents(
  runId: string,
  services: AgentSessionServices,
  log: Logger,
): Promise<void> {
  const { agentRuns } = services.agents;
  const read = async (cursor: string | undefined) => {
    const page = await agentRuns.list({ open: true, limit: agentRunsAtATime, cursor });
    return { items: page.agentRuns, next: page.next };
  };
  for await (const { items } of pagesOf(read)) {
    for (const agentRun of items.filter((one) => one.runId === runId)) {
      await cancelAgent(agentRun, services, log);
    }
  }
}

async function cancelAgent(
  { id, provider: name, providerId }: AgentRun,
  { agents, now }: AgentSessionServices,
  log: Logger,
): Promise<void> {
  const provider = agents.providers.of(name);
  // Whether it was started, nobody knows yet: it is looked for later.
  if (provider?.cancel === undefined || providerId === null) return;
  try {
    await provider.cancel(providerId);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn('An agent could not be ended', { agentRunId: id, ...errorFields(error) });
    return;
  }
  // Cut off before it is written down as ended, it is found again; afterwards its place would stay taken.
  await agents.budget.release(id);
  const ending = { state: 'cancelled', problem: `${why}.`, mayBeAtWork: false } as const;
  await closeAgentRun({ ...agents, now }, id, ending);
}
