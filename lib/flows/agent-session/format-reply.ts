import type { SessionAnalysis, SessionDecision } from '../../domain/agents/session/situation.ts';
import type { SessionActivity } from '../../ports/agent-sessions.ts';
import { formatMinute } from '../component-analysis/format/format-figures.ts';
import { formatName } from '../component-analysis/format/format-matter.ts';
import { code } from '../component-analysis/format/markdown-text.ts';
import { formatRunLink } from '../component-analysis/format/run-link.ts';

/** What is said, without the id under which it is. */
export type Reply = SessionActivity extends infer Activity
  ? Activity extends SessionActivity
    ? Omit<Activity, 'id'>
    : never
  : never;

/** Right after the session was begun, before anything is known of it. */
export const acknowledgement: Reply = {
  kind: 'thought',
  body: 'Looking for the component that this is about.',
};

const listening = 'Write the name of another one to have it analysed, or stop the session.';

/** More than somebody reads to choose. */
const mostOptions = 20;

type Answered = Exclude<SessionDecision, { kind: 'start' | 'stop' }>;

/** What is said where nothing is started. */
export function formatAnswer(decision: Answered): Reply {
  switch (decision.kind) {
    case 'busy':
      // A response would end the session, while the work goes on.
      return { kind: 'thought', body: `${formatUnderWay(decision.analyses)} ${listening}` };
    case 'unclear':
      return formatQuestion(decision);
    case 'paused': {
      const since = formatMinute(decision.since);
      const body =
        `Nothing is started: the system was paused (${since}). Once somebody has run ` +
        `${code('cicd resume')}, ask again here.`;
      return { kind: 'error', body };
    }
    default: {
      const body =
        `There is no component to analyse: ${code('repositories')} in ` +
        `${code('cicd.config.ts')} is empty. Once there is one, ask again here.`;
      return { kind: 'error', body };
    }
  }
}

function formatUnderWay(analyses: readonly SessionAnalysis[]): string {
  const names = analyses.map(({ component, repository }) => {
    return `${formatName(component)} of ${formatName(repository)}`;
  });
  const verb = names.length === 1 ? 'is' : 'are';
  return `${names.join(' and ')} ${verb} being analysed; the answer comes here.`;
}

function formatQuestion({ known, named }: Extract<Answered, { kind: 'unclear' }>): Reply {
  const names = named.length > 1 ? named : known;
  const shown = names.slice(0, mostOptions);
  const hidden = names.length - shown.length;
  const question =
    named.length > 1
      ? 'Several components are named, and one is analysed at a time. Which one comes first?'
      : 'Which component is meant?';
  const lines = shown.map((name) => `- ${code(name)}`);
  if (hidden > 0) lines.push(`- or one of ${hidden} more, by its name`);
  return {
    kind: 'elicitation',
    body: `${question}\n\n${lines.join('\n')}`,
    options: shown.map((name) => ({ label: name, value: name })),
  };
}

/** An analysis begins, beside those that go on already. */
export function formatStart(component: string, beside: readonly SessionAnalysis[]): Reply {
  const meanwhile = beside.map((analysis) => analysis.component).join(', ');
  return {
    kind: 'action',
    action: 'Analysing',
    parameter: meanwhile === '' ? component : `${component}, beside ${meanwhile}`,
  };
}

/** @param runLink of the run that the label has started; undefined where it has not begun yet */
export function formatAskedByLabel(identifier: string, runLink: string | undefined): Reply {
  const where = `its report comes as a comment on ${code(identifier)}`;
  const link = runLink === undefined ? '' : ` ${formatRunLink('The run', runLink)}`;
  return {
    kind: 'response',
    body: `The label on ${code(identifier)} has asked for the same analysis: ${where}.${link}`,
  };
}

/** @param stopped what was ended; nothing where nothing went on */
export function formatStopped(stopped: readonly string[]): Reply {
  if (stopped.length === 0)
    return { kind: 'response', body: 'Stopped. Nothing that was asked for before was under way.' };
  const names = stopped.map((name) => formatName(name)).join(' and ');
  return {
    kind: 'response',
    body: `Stopped. There will be no report on ${names}; write ${code('again')} to start anew.`,
  };
}

/** @param runLink of the run that should have answered */
export function formatTrouble(runLink: string): Reply {
  const link = formatRunLink('The run and its log', runLink);
  return { kind: 'error', body: `This could not be answered: an internal error. ${link}` };
}
