import type { Logger } from '../../../runtime/logging.ts';
import type { Answers } from '../../answers/answers.ts';
import type { Asking } from './asking.ts';
import { describeStages, keyOfStages } from './stages.ts';

/** Shows outside how far the agents of a run are. */
export interface AskingProgress {
  /** Where that has changed, or was not said for some minutes. Never throws. */
  show(asking: Pick<Asking, 'component' | 'stages'>, log: Logger): Promise<void>;
}

/** What changes faster is not worth a request. */
const leastMs = 20_000;
/** How long they have been at it is worth one now and then. */
const unchangedMs = 600_000;

/** Long after their end: what a process does at the same time is far less. */
const runsRemembered = 1_000;

/** @param parts `begin`: told of each run once, before its first progress; `now`: milliseconds since the epoch */
export function createAskingProgress({
  answers,
  begin,
  now,
}: {
  answers: Pick<Answers, 'progress'>;
  begin?: (runId: string) => void;
  now: () => number;
}): AskingProgress {
  const lastShown = new Map<string, { key: string; at: number }>();

  const note = (runId: string, key: string): void => {
    lastShown.delete(runId);
    lastShown.set(runId, { key, at: now() });
    const [oldest] = lastShown.keys();
    if (lastShown.size > runsRemembered && oldest !== undefined) lastShown.delete(oldest);
  };

  return {
    async show({ component, stages }, log) {
      const run = { id: component.runId, input: component.input };
      const last = lastShown.get(run.id);
      // What the analysis has shown just before counts: so soon after it nothing more would be shown.
      if (last === undefined) {
        begin?.(run.id);
        note(run.id, '');
        return;
      }
      const key = keyOfStages(stages);
      if (now() - last.at < (last.key === key ? unchangedMs : leastMs)) return;
      note(run.id, key);
      await answers.progress(run, describeStages(stages, now()), log);
    },
  };
}
