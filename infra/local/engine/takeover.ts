import { causeSchema, codeChangedError } from '../../../lib/domain/run.ts';
import type { EngineContext } from './engine-context.ts';
import type { ResumeSummary } from './engine-interface.ts';
import type { RunLifecycle } from './run-lifecycle.ts';
import type { RunRecord } from './run-storage.ts';

/** A run that kills its process would otherwise kill every process after it. */
const mostCutOff = 20;

/**
 * Takes up what the process before left behind, in one transaction. A run that code of another
 * version has begun cannot be replayed by this code: it ends and starts again under a name made of
 * its id, so that it starts once, however often this is done. A run that another run had invoked
 * does not start again by itself: the one that waits for it has the same old code and asks anew.
 */
export function takeOver(context: EngineContext, lifecycle: RunLifecycle): ResumeSummary {
  const { tables, flows, codeVersion } = context;
  const summary: ResumeSummary = { resumed: 0, codeChanged: [], abandoned: [] };

  function endAsCodeChanged(run: RunRecord): void {
    const begin = run.parentRun === null;
    lifecycle.end(run.id, {
      state: 'failed',
      error: {
        ErrorType: codeChangedError,
        ErrorMessage: begin
          ? 'code changed while the run was under way: it was started again'
          : 'code changed while the run was under way',
      },
    });
    const startedAs = begin ? lifecycle.start(restartOf(run)).runId : null;
    summary.codeChanged.push({ runId: run.id, startedAs });
  }

  function endAsDeadly(run: RunRecord): void {
    const ErrorMessage =
      `the process has ended ${mostCutOff} times while this run was at work, ` +
      'perhaps because of it: look at its input, then retry it';
    lifecycle.end(run.id, { state: 'failed', error: { ErrorType: 'ProcessEnded', ErrorMessage } });
    summary.abandoned.push(run.id);
  }

  function takeUp(run: RunRecord): void {
    if (!flows.has(run.flow)) {
      const ErrorMessage = `the flow "${run.flow}" does not exist any more`;
      lifecycle.end(run.id, {
        state: 'failed',
        error: { ErrorType: 'FlowRemoved', ErrorMessage },
      });
      summary.abandoned.push(run.id);
      return;
    }
    if (run.codeVersion !== codeVersion) {
      if (run.invocations > 0 || run.parentRun !== null) return endAsCodeChanged(run);
      tables.runs.setCodeVersion(run.id, codeVersion);
    }
    if (run.state === 'waiting') return;
    if (cutOffInvocations(context, run) >= mostCutOff) return endAsDeadly(run);
    lifecycle.requeue(run.id);
    summary.resumed += 1;
  }

  tables.database.transaction(() => {
    for (const run of tables.runs.listLeftBehind(codeVersion, [...flows.keys()])) takeUp(run);
  });
  return summary;
}

/** Invocations that began and never came to an end, not even a failed one. */
function cutOffInvocations({ tables }: EngineContext, run: RunRecord): number {
  if (run.invocations < mostCutOff) return 0;
  return run.invocations - tables.history.count(run.id, 'InvocationCompleted');
}

function restartOf(run: RunRecord) {
  return {
    flow: run.flow,
    name: `restart-${run.id}`,
    input: run.input,
    cause: causeSchema.parse({ kind: 'run', runId: run.id }),
  };
}
