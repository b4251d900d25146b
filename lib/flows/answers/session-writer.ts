import { mayTakeLong, planAfter, planAt } from '../../domain/agents/session/plan.ts';
import type { Place } from '../../domain/answers/place.ts';
import type { SessionNews } from '../../ports/agent-sessions.ts';
import type { TrackerCall } from '../../ports/issue-tracker.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { formatFailureComment } from '../component-analysis/format/format-comment.ts';
import { escapeText } from '../component-analysis/format/markdown-text.ts';
import type { AnswerServices } from './answer-services.ts';
import { shown, type PlaceWriter, type ShownOutcome } from './place-writer.ts';

export type SessionPlace = Extract<Place, { kind: 'linear-session' }>;

type SessionWriterServices = Pick<
  AnswerServices,
  'allowances' | 'linkTo' | 'now' | 'sessions' | 'stack'
>;

/** Requests that are left for the end while the beginning and the progress are shown. */
const keptForEnd = 4;

/** A session in which nothing happens for half an hour looks as if nobody were there. */
const signOfLifeMs = 600_000;

/**
 * Answers in an agent session of Linear: the plan shows how far the run is, and what it came to is said once. A run
 * that has taken the place of another says it anew.
 */
export function createSessionWriter(
  { allowances, linkTo, now, sessions, stack }: SessionWriterServices,
  { id: session }: SessionPlace,
): PlaceWriter {
  const progressCall = (runId: string): TrackerCall => ({
    urgency: 'progress',
    allowance: allowances.of(runId, keptForEnd),
  });

  return {
    whyNot: async () =>
      (await sessions.isConfigured()) ? undefined : 'no credentials of the app in Linear are set',

    async begin(_kept, { id: runId }) {
      const news = { plan: planAt('get component files'), ...linkNews(linkTo(runId)) };
      await sessions.show(session, news, progressCall(runId));
      return shown;
    },

    async progress({ record }, { id: runId }, step) {
      const slot = Math.floor((now() - Date.parse(record.openedAt)) / signOfLifeMs);
      const id = stableId('session progress', stack, session, runId, String(slot));
      const activity = { id, kind: 'thought', body: escapeText(step), isEphemeral: true } as const;
      const news = { plan: planAt(step), ...(mayTakeLong(step) && { activity }) };
      await sessions.show(session, news, progressCall(runId));
    },

    async finish({ record }, outcome, { allowance }) {
      const id = stableId('session answer', stack, session, record.run.id);
      const runLink = linkTo(record.run.id);
      const news = endNews(outcome, { id, runLink, subject: record.run.subject });
      await sessions.show(session, news, { urgency: 'answer', allowance });
      return shown;
    },
  };
}

/** Linear takes addresses that others reach. */
function linkNews(runLink: string): SessionNews {
  if (!runLink.startsWith('https:')) return {};
  return { link: { label: 'Run', url: runLink } };
}

function endNews(
  outcome: ShownOutcome,
  { id, runLink, subject }: { id: string; runLink: string; subject: string },
): SessionNews {
  if (outcome.kind === 'report') {
    const body = outcome.answer.reply;
    return { activity: { id, kind: 'response', body }, plan: planAfter('completed') };
  }
  const body = formatFailureComment({ ...outcome, subject, runLink });
  return { activity: { id, kind: 'error', body }, plan: planAfter('canceled') };
}
