import { tellOutcome, type AnswerOutcome } from '../../domain/answers/answer-outcome.ts';
import type { Place } from '../../domain/answers/place.ts';
import { placesOf } from '../../domain/answers/places.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { withOutcome, type AnsweringRun } from '../../domain/answers/answer-record.ts';
import { UpstreamError } from '../../domain/errors.ts';
import { subjectOf } from '../../domain/run-subject.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import { errorFields, type Logger } from '../../runtime/logging.ts';
import type { ComponentAnalysisInput } from '../component-analysis/input.ts';
import { createAnswerRecords, type KeptAnswer } from './answer-records.ts';
import type { AnswerServices } from './answer-services.ts';
import { endAnswer } from './end-answer.ts';
import { createOwedAnswers } from './settle-answers.ts';
import type { OwedAnswers } from './owed-answers.ts';
import { createProgress } from './progress.ts';
import { wantedReport } from './wanted-report.ts';
import { createWriters } from './writers.ts';

/** A run whose outcome somebody outside waits for. */
export interface AnsweredRun {
  id: string;
  input: ComponentAnalysisInput;
}

/** A run that has ended, and one of the places where that is shown. */
export interface EndedRun {
  run: AnsweredRun;
  place: Place;
  outcome: RunOutcome;
}

/**
 * What a run shows outside: in its Linear issue, at its commit on GitHub. What is owed is written down
 * first, so that it is paid however the run ends.
 */
export interface Answers extends OwedAnswers {
  /** Where the run is answered, by its input and the configuration alone. */
  placesOf(run: AnsweredRun): Place[];
  /** Shows that the run has begun. What could not be shown is logged and told, never thrown. */
  begin(run: AnsweredRun, log: Logger): Promise<AnswerOutcome[]>;
  /** Shows how far it is, where that costs little. Never throws. */
  progress(run: AnsweredRun, step: string, log: Logger): Promise<void>;
  /**
   * Shows how the run has ended.
   * @throws UpstreamError when that could not be shown: it stays owed
   */
  finish(ended: EndedRun, log: Logger): Promise<AnswerOutcome>;
}

export function createAnswers(services: AnswerServices): Answers {
  const { allowances, config, now, runs, store } = services;
  const records = createAnswerRecords(store, now);
  const parts = { ...services, records, writerAt: createWriters(services, records) };
  const listPlaces = (run: AnsweredRun) => listPlacesOf(run, config);
  const progress = createProgress(parts);

  const open = async (place: Place, run: AnsweredRun): Promise<KeptAnswer | undefined> =>
    records.open(place, await describeRun(run, { now, runs }));

  const beginAt = async (place: Place, run: AnsweredRun, log: Logger): Promise<AnswerOutcome> => {
    try {
      const kept = await open(place, run);
      if (kept === undefined) return tellOutcome(place, 'superseded');
      const writer = parts.writerAt(place);
      const obstacle = await writer.whyNot();
      if (obstacle !== undefined) return tellOutcome(place, 'owed', obstacle);
      const written = await writer.begin(kept, run, log);
      progress.noteShown(run.id);
      return tellOutcome(place, written.state);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      progress.giveUp(run.id);
      log.warn('The beginning could not be shown', { place: place.kind, ...errorFields(error) });
      return tellOutcome(place, 'owed', error.message);
    }
  };

  return {
    ...createOwedAnswers(parts),
    placesOf: listPlaces,
    progress: (run, step, log) => progress.show(listPlaces(run), { run, step }, log),

    async begin(run, log) {
      const outcomes: AnswerOutcome[] = [];
      for (const place of listPlaces(run)) outcomes.push(await beginAt(place, run, log));
      return outcomes;
    },

    async finish({ outcome, place, run }, log) {
      const kept = await open(place, run);
      if (kept === undefined) return tellOutcome(place, 'superseded');
      const ended = await records.change(kept, (record) => withOutcome(record, outcome));
      if (ended === undefined) return tellOutcome(place, 'superseded');
      return endAnswer(parts, { kept: ended, outcome }, { allowance: allowances.of(run.id), log });
    },
  };
}

function listPlacesOf({ input }: AnsweredRun, config: LoadedConfig): Place[] {
  const { origin } = input;
  if (input.kind === 'unknown-component') return placesOf({ origin, component: null }, 'none');
  const { component: name, repository, source } = input;
  return placesOf({ origin, component: { name, repository, source } }, wantedReport(input, config));
}

async function describeRun(
  { id, input }: AnsweredRun,
  { now, runs }: Pick<AnswerServices, 'now' | 'runs'>,
): Promise<AnsweringRun> {
  const startedAt = (await runs.getSummary(id))?.startedAt ?? new Date(now()).toISOString();
  return { id, startedAt, subject: subjectOf(input) };
}
