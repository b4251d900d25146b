import { decideTurn } from '../../domain/agents/session/decide-turn.ts';
import type { SessionAnalysis, SessionDecision } from '../../domain/agents/session/situation.ts';
import { isStoppedSince } from '../../domain/agents/session/stop.ts';
import { openingTurn } from '../../domain/agents/session/turn.ts';
import { UpstreamError } from '../../domain/errors.ts';
import type { AgentSession, SessionPrompt } from '../../ports/agent-sessions.ts';
import type { AgentSessionInput } from './input.ts';
import type { AgentSessionServices } from './services.ts';
import type { SessionMemory } from './session-memory.ts';
import { findLiving } from './session-runs.ts';

/** What is to be answered, and how. */
export interface TakenTurn {
  kind: 'taken';
  /** Id of the activity in which it was said, or `openingTurn`. */
  id: string;
  /** When it was said, ISO 8601 UTC. */
  saidAt: string;
  /** When that happened which the event tells of, ISO 8601 UTC: since then somebody waits for a first word. */
  happenedAt: string;
  issue: { id: string; identifier: string } | null;
  decision: SessionDecision;
}

export type Turn = TakenTurn | { kind: 'none'; why: string };

/**
 * Reads the session, whatever the event has told of it, and takes what was said last for this event to answer.
 * @throws UpstreamError retryable where Linear does not show yet what it has told of
 */
export async function takeTurn(
  input: AgentSessionInput,
  services: AgentSessionServices,
): Promise<Turn> {
  const { memories, sessions } = services;
  const { activity, session: id } = input;
  const session = await sessions.get({ id, activity }, { urgency: 'answer' });
  if (session === undefined) return none('The app cannot see this session (any more).');
  if (!session.isOurs) return none('It is the session of another app.');
  const said = findSaid(session, activity);
  if (said !== null && !said.isByPerson) return none('An app has said this: only people may ask.');
  if (said === null && !session.isByPerson) return none('No person has begun this session.');
  if (isStoppedSince(session.prompts, said?.id ?? null)) return none('It was stopped after that.');

  const turn = said?.id ?? openingTurn;
  const event = activity ?? openingTurn;
  const memory = await memories.hear(id, { turn, event });
  if (memory === undefined) return none('Another event answers what was said last.');
  const { createdAt, issue } = session;
  const decision = await decide({ session, said, memory }, services);
  return {
    kind: 'taken',
    id: turn,
    saidAt: said?.createdAt ?? createdAt,
    happenedAt: activity === null ? createdAt : (said?.createdAt ?? createdAt),
    issue: issue && { id: issue.id, identifier: issue.identifier },
    decision,
  };
}

function none(why: string): Turn {
  return { kind: 'none', why };
}

/** Where the session was begun, something may have been said since. */
function findSaid({ prompts }: AgentSession, activity: string | null): SessionPrompt | null {
  if (activity === null) return prompts.findLast(({ isByPerson }) => isByPerson) ?? null;
  const found = prompts.find(({ id }) => id === activity);
  if (found !== undefined) return found;
  const message = 'Linear does not show yet what was said in the session.';
  throw new UpstreamError(message, { service: 'linear', retryable: true });
}

async function decide(
  {
    memory,
    said,
    session,
  }: { session: AgentSession; said: SessionPrompt | null; memory: SessionMemory },
  services: AgentSessionServices,
): Promise<SessionDecision> {
  const { dispatch, pause } = services;
  const { comment, issue } = session;
  const paused = await pause.get();
  const situation = {
    opening: { comment, issue },
    prompt: said,
    analyses: await listAnalyses(session.id, memory, services),
    pausedSince: paused?.since ?? null,
  };
  return decideTurn(situation, dispatch);
}

async function listAnalyses(
  session: string,
  { analyses }: SessionMemory,
  services: AgentSessionServices,
): Promise<SessionAnalysis[]> {
  const listed: SessionAnalysis[] = [];
  for (const analysis of analyses) {
    const { component, repository } = analysis;
    const living = await findLiving(session, analysis, services);
    listed.push({ repository, component, isUnderWay: living !== undefined });
  }
  return listed;
}
