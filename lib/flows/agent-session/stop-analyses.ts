import { endsWhatWasAsked } from '../../domain/agents/session/stop.ts';
import type { Logger } from '../../runtime/logging.ts';
import type { AgentSessionServices } from './services.ts';
import type { RememberedAnalysis } from './session-memory.ts';
import { findLiving } from './session-runs.ts';
import { stopRun } from './stop-run.ts';

/** A stop, and the session in which somebody has asked for it. */
export interface Stop {
  session: string;
  /** Id of the activity in which it was asked for. */
  turn: string;
  /** When it was asked for, ISO 8601 UTC. */
  saidAt: string;
}

/**
 * Ends whatever the session has asked for until then: nothing of it starts any more, its runs are stopped, and their
 * agents where the provider can. Cut off in between, the same stop goes on where it was.
 * @returns the names of the components
 */
export async function stopAnalyses(
  stop: Stop,
  services: AgentSessionServices,
  log: Logger,
): Promise<string[]> {
  const { saidAt, session, turn } = stop;
  const { analyses } = await services.memories.noteStop(session, { turn, saidAt });
  const stopped: string[] = [];
  for (const analysis of analyses.filter((one) => endsWhatWasAsked(stop, one))) {
    const runId = await noteEnd(stop, analysis, services);
    if (runId === undefined) continue;
    const { component, repository } = analysis;
    const place = { kind: 'linear-session', id: session, identifier: null } as const;
    await stopRun({ runId, place: { ...place, repository, component } }, services, log);
    stopped.push(component);
  }
  return stopped;
}

/**
 * Writes down which run this stop ends, before it does: once that is stopped, nobody sees that it was under way.
 * @returns undefined where nothing is under way
 */
async function noteEnd(
  { session, turn }: Stop,
  analysis: RememberedAnalysis,
  services: AgentSessionServices,
): Promise<string | undefined> {
  const { name, stopped } = analysis;
  if (stopped?.turn === turn) return stopped.runId;
  const living = await findLiving(session, analysis, services);
  if (living === undefined) return undefined;
  await services.memories.noteEnd(session, name, { turn, runId: living.id });
  return living.id;
}
