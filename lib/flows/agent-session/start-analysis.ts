import type { SessionDecision } from '../../domain/agents/session/situation.ts';
import { componentRun } from '../../domain/dispatch/analysis-run.ts';
import type { RunDecision } from '../../domain/dispatch/decision.ts';
import { subjectOf } from '../../domain/run-subject.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { SessionPlace } from '../answers/session-writer.ts';
import type { AgentSessionInput } from './input.ts';
import { formatAskedByLabel, formatStart, type Reply } from './format-reply.ts';
import type { AgentSessionServices } from './services.ts';
import { isStopped } from './session-memory.ts';
import { stopRun } from './stop-run.ts';
import type { TakenTurn } from './take-turn.ts';

/** What a session asks for, as it was decided. */
export type WantedAnalysis = Extract<SessionDecision, { kind: 'start' }>;

/** What becomes of it before it is started. */
export type Claim =
  | { kind: 'mine'; run: RunDecision; reply: Reply }
  /** Another run answers the same. */
  | { kind: 'asked-by-label'; reply: Reply }
  | { kind: 'stopped' };

interface Wish {
  input: AgentSessionInput;
  turn: TakenTurn;
  wanted: WantedAnalysis;
}

/**
 * Writes down that the session has an analysis, before it is started: what a stop ends, and what a label on the
 * issue does not start once more.
 */
export async function claimAnalysis(wish: Wish, services: AgentSessionServices): Promise<Claim> {
  const { session } = wish.input;
  const { beside, component: configured } = wish.wanted;
  const { component, repository } = configured;
  const run = runOf(wish, services);
  const reply = await findAskedByLabel(run.name, wish, services);
  if (reply !== undefined) return { kind: 'asked-by-label', reply };
  const analysis = { name: run.name, repository, component, saidAt: wish.turn.saidAt };
  const isWanted = await services.memories.addAnalysis(session, analysis);
  if (!isWanted) return { kind: 'stopped' };
  return { kind: 'mine', run, reply: formatStart(component, beside) };
}

function runOf(
  { input: { session }, turn: { id, issue }, wanted }: Wish,
  { dispatch }: AgentSessionServices,
): RunDecision {
  const request = {
    cause: ['linear-session', session, id],
    origin: {
      kind: 'linear-session' as const,
      id: session,
      identifier: issue?.identifier ?? null,
    },
    agents: true as const,
    reason: 'asked for in an agent session',
  };
  return componentRun(wanted.component, request, dispatch);
}

async function findAskedByLabel(
  name: string,
  { turn: { issue, saidAt }, wanted }: Wish,
  { asks, linkTo, runs }: AgentSessionServices,
): Promise<Reply | undefined> {
  if (issue === null) return undefined;
  const { component, repository } = wanted.component;
  const ask = { issueId: issue.id, repository, component, askedAt: saidAt };
  const other = await asks.claim(ask, 'session', name);
  if (other === undefined) return undefined;
  const run = await runs.findByName(other.name);
  return formatAskedByLabel(issue.identifier, run && linkTo(run.id));
}

/** What is started, and for which run of the session's flow. */
export interface Start {
  run: RunDecision;
  ownRunId: string;
  /** Where it is answered. */
  place: SessionPlace;
  /** When it was asked for, ISO 8601 UTC. */
  saidAt: string;
}

/**
 * Once, by its name. The cause is that of the session's run: what has failed in passing is started again by itself.
 * A stop that came too early to find it ends it.
 */
export async function startAnalysis(
  { ownRunId, place, run: { flow, input, name }, saidAt }: Start,
  services: AgentSessionServices,
  log: Logger,
): Promise<{ runId: string; isStopped: boolean }> {
  const { answers, memories, now, runs } = services;
  const startedAt = new Date(now()).toISOString();
  const own = await runs.getSummary(ownRunId);
  const cause = own?.cause ?? ({ kind: 'run', runId: ownRunId } as const);
  const { runId } = await runs.start({ flow, name, input, cause });
  // Owed from now on, also where the run never comes to say so itself.
  await answers.open(place, { id: runId, startedAt, subject: subjectOf(input) });
  const isOver = isStopped(await memories.get(place.id), { saidAt });
  if (isOver) await stopRun({ runId, place }, services, log);
  return { runId, isStopped: isOver };
}
