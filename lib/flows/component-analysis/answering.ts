import { tellOutcome, type AnswerOutcome } from '../../domain/answers/answer-outcome.ts';
import { explainFailure } from '../../domain/answers/explain-failure.ts';
import { describePlace } from '../../domain/answers/place.ts';
import type { RunOutcome } from '../../domain/answers/run-outcome.ts';
import { isOwnErrorName, messageOf } from '../../domain/errors.ts';
import type { RunError } from '../../domain/run.ts';
import type { FlowContext } from '../../runtime/flow-context.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import type { ComponentAnalysisResult } from './input.ts';
import type { Analysis } from './services.ts';
import { noteFailure, updateTrackingIssue } from './track.ts';

/**
 * Shows outside that an analysis has begun, and how it has ended. What cannot be shown fails nothing: it
 * stays owed, and autonomous-cicd settles it. Where nobody waits for an answer, no task is added.
 */
export async function answering<Result extends ComponentAnalysisResult>(
  flowContext: FlowContext,
  analysis: Analysis,
  analyse: () => Promise<Result>,
): Promise<Result> {
  await begin(flowContext, analysis);
  let result: Result;
  try {
    result = await analyse();
  } catch (error) {
    const run = { id: flowContext.runId, input: analysis.input };
    await finish(flowContext, analysis, explainFailure(thrownBy(error), run));
    await noteFailure(flowContext, analysis);
    await updateTrackingIssue(flowContext, analysis);
    throw error;
  }
  const answers = await finish(flowContext, analysis, { kind: 'report', report: result.report });
  await updateTrackingIssue(flowContext, analysis);
  return answers.length === 0 ? result : { ...result, answers };
}

/** What a task has thrown comes as the engine's error, and its cause bears the name that was thrown. */
function thrownBy(error: unknown): RunError {
  const message = messageOf(error);
  if (!(error instanceof Error)) return { type: typeof error, message };
  const { cause, name } = error;
  return { type: cause instanceof Error && !isOwnErrorName(name) ? cause.name : name, message };
}

async function begin(flowContext: FlowContext, { input, services }: Analysis): Promise<void> {
  const { answers } = services;
  const run = { id: flowContext.runId, input };
  if (answers.placesOf(run).length === 0) return;
  try {
    await flowContext.task('answer: begin', retries.few, ({ log }) => answers.begin(run, log));
  } catch (error) {
    flowContext.log.warn('The beginning could not be shown', errorFields(error));
  }
}

/** One task for each place: what fails at one place is not done again at the others. */
async function finish(
  flowContext: FlowContext,
  { input, services }: Analysis,
  outcome: RunOutcome,
): Promise<AnswerOutcome[]> {
  const { answers } = services;
  const run = { id: flowContext.runId, input };
  const outcomes: AnswerOutcome[] = [];
  for (const place of answers.placesOf(run)) {
    try {
      const shown = await flowContext.task(
        `answer: ${describePlace(place)}`,
        retries.patient,
        ({ log }) => answers.finish({ outcome, place, run }, log),
      );
      outcomes.push(shown);
    } catch (error) {
      outcomes.push(tellOutcome(place, 'owed', messageOf(error)));
    }
  }
  return outcomes;
}
