import { closeRecord } from '../../domain/answers/answer-record.ts';
import type { AgentRun } from '../../domain/agents/agent-run.ts';
import { UpstreamError } from '../../domain/errors.ts';
import { errorFields, type Logger } from '../../runtime/logging.ts';
import { closeAgentRun } from '../agents/asking/close-agent-run.ts';
import { pagesOf } from '../pages.ts';
import type { AgentSessionServices } from './services.ts';
import type { RememberedAnalysis } from './session-memory.ts';
import { stoppedInSession as why } from './start-analysis.ts';
import { findLiving, type LivingAnalysis } from './session-runs.ts';

const agentRunsAtATime = 100;

/**
 * Ends whatever goes on for the session: nothing that it asks for starts any more, its runs are stopped, and their
 * agents where the provider can.
 * @returns the names of the components
 */
export async function stopAnalyses(
  session: string,
  services: AgentSessionServices,
  log: Logger,
): Promise<string[]> {
  const { memories } = services;
  const { analyses } = await memories.noteStop(session);
  const stopped: string[] = [];
  for (const analysis of analyses) {
    const isStopped = await stopOne({ session, analysis }, services, log);
    if (isStopped) stopped.push(analysis.component);
  }
  return stopped;
}

async function stopOne(
  { analysis, session }: { session: string; analysis: RememberedAnalysis },
  services: AgentSessionServices,
  log: Logger,
): Promise<boolean> {
  const living = await findLiving(session, analysis, services);
  if (living === undefined) return false;
  await services.runs.stop(living.runId, why);
  await waiveAnswer(living, services);
  await cancelAgents(living.runId, services, log);
  return true;
}

/** What is said about the stop is the answer: nobody has to write another one. */
async function waiveAnswer(
  { answer, runId }: LivingAnalysis,
  { answers, now }: AgentSessionServices,
): Promise<void> {
  if (answer === undefined || answer.record.run.id !== runId) return;
  const at = new Date(now()).toISOString();
  await answers.change(answer, (record) =>
    closeRecord(record, { at, isShown: false, problem: why }),
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
  const ending = { state: 'cancelled', problem: `${why}.`, mayBeAtWork: false } as const;
  await closeAgentRun({ ...agents, now }, id, ending);
}
