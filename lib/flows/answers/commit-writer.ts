import type { Place } from '../../domain/answers/place.ts';
import type { CheckRun, CommitStatus } from '../../ports/code-host.ts';
import {
  formatFailureCheck,
  formatRunningCheck,
  type CheckText,
} from '../component-analysis/format/format-check.ts';
import { whyNoCodeHost, type CodeHostServices } from './code-host-services.ts';
import { shown, type PlaceWriter, type ShownOutcome } from './place-writer.ts';

export type CommitPlace = Extract<Place, { kind: 'check-run' | 'commit-status' }>;

interface Check {
  commit: string;
  conclusion: CheckRun['conclusion'];
  runId: string;
  text: CheckText;
}

/** GitHub knows no neutral commit status. */
const statusOf = {
  success: 'success',
  neutral: 'success',
  // The analysis is at fault, not the commit.
  failure: 'error',
} as const satisfies Record<NonNullable<CheckRun['conclusion']>, CommitStatus['state']>;

/** Answers at a commit on GitHub, as a status or a check run. What an analysis finds blocks no merge. */
export function createCommitWriter(services: CodeHostServices, place: CommitPlace): PlaceWriter {
  const { codeHost, linkTo } = services;

  const show = ({ commit, conclusion, runId, text }: Check): Promise<unknown> => {
    const { component, repository } = place;
    const url = linkTo(runId);
    if (place.kind === 'commit-status') {
      const { description } = text;
      const state = conclusion === null ? 'pending' : statusOf[conclusion];
      const context = `cicd/component-analysis/${component}`;
      return codeHost.setCommitStatus({ repository, commit, state, context, description, url });
    }
    const { summary, title } = text;
    const name = `component-analysis: ${component}`;
    const output = { title, summary, url, externalId: runId };
    return codeHost.putCheckRun({ repository, commit, name, conclusion, ...output });
  };

  return {
    whyNot: () => whyNoCodeHost(codeHost),

    async begin(_kept, { id: runId }) {
      const { commit } = place;
      const text = formatRunningCheck({ step: 'reading the files' });
      if (commit !== null) await show({ commit, conclusion: null, runId, text });
      return shown;
    },

    async finish({ record }, outcome) {
      const commit = outcome.kind === 'report' ? outcome.answer.commit : place.commit;
      if (commit === null) return shown;
      const { id: runId, subject } = record.run;
      const text =
        outcome.kind === 'report'
          ? outcome.answer.check
          : formatFailureCheck({ ...outcome, subject, runLink: linkTo(runId) });
      await show({ commit, conclusion: concludeOn(outcome), runId, text });
      return shown;
    },
  };
}

/** Grave news are shown, but judged by people: no analysis is always right. */
function concludeOn(outcome: ShownOutcome): NonNullable<CheckRun['conclusion']> {
  if (outcome.kind === 'failed') return 'failure';
  return outcome.answer.hasGraveNews ? 'neutral' : 'success';
}
