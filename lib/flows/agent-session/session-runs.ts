import { finalRunStates, type RunSummary } from '../../domain/run.ts';
import { answerKey } from '../answers/answer-key.ts';
import type { AgentSessionServices } from './services.ts';
import type { RememberedAnalysis } from './session-memory.ts';

/**
 * The run of an analysis: the one that was started for it, or one that has taken its place since, after a failure
 * or an upgrade.
 * @returns undefined when it has ended, or was never started
 */
export async function findLiving(
  session: string,
  analysis: RememberedAnalysis,
  { answers, runs }: Pick<AgentSessionServices, 'answers' | 'runs'>,
): Promise<RunSummary | undefined> {
  const { component, name, repository } = analysis;
  const place = { kind: 'linear-session', id: session, identifier: null, repository, component };
  const key = answerKey({ ...place, kind: 'linear-session' }, name);
  const first = await runs.findByName(name);
  if (isLiving(first)) return first;
  const record = await answers.get(key);
  const latest = record && (await runs.getSummary(record.run.id));
  return isLiving(latest) ? latest : undefined;
}

function isLiving(run: RunSummary | undefined): run is RunSummary {
  return run !== undefined && !finalRunStates.includes(run.state);
}
