import { severities, type Severity, type Topic } from '../../finding.ts';
import type { Question } from './questions.ts';

/** What an answer stands between, each on a line of its own. */
export interface AnswerMarkers {
  begin: string;
  end: string;
}

/** They begin with the same words whatever the mark is: an agent may have copied it wrongly. */
export const beginWords = 'BEGIN ANSWER';
export const endWords = 'END ANSWER';

export function answerMarkers(mark: string): AnswerMarkers {
  return { begin: `${beginWords} ${mark}`, end: `${endWords} ${mark}` };
}

/** An answer that says this has copied the example. */
export const exampleSummary = 'What you think of it as a whole, in two to five sentences.';

/** Characters of an answer's texts; what is longer is cut. */
export const answerLimits = { title: 200, detail: 2_000, summary: 4_000 };

/** For people; more are read all the same. */
const findingsAsked = 25;

const severityTexts: Record<Severity, string> = {
  critical: 'can be exploited, or loses or corrupts data, as the code stands',
  high: 'goes wrong in normal use',
  medium: 'goes wrong under load, failure or odd input, or makes changes dangerous',
  low: 'costs the next reader time',
  info: 'worth knowing, nothing to do',
};

function example(topic: Topic | null): string {
  const finding = {
    topic,
    severity: 'medium',
    path: 'path/from/the/root.py',
    line: 42,
    title: 'One sentence that names what is wrong.',
    detail: 'Why it matters here, what can happen, and what to do about it.',
  };
  return JSON.stringify({ summary: exampleSummary, findings: [finding], declined: null }, null, 2);
}

/**
 * How to answer. The markers are named inside of a sentence: a prompt that is merely repeated holds
 * no answer.
 */
export function writeAnswerFormat(asks: readonly Question[], mark: string): string {
  const { begin, end } = answerMarkers(mark);
  const topics = asks.flatMap(({ topic }) => (topic === null ? [] : [topic]));
  return [
    '## How to answer',
    '',
    `End with a line "${begin}", below it one JSON object, and below that a line "${end}". ` +
      'The object:',
    '',
    example(topics[0] ?? null),
    '',
    `- \`findings\`: at most ${findingsAsked}, the most serious first. An empty list is a good ` +
      'answer where nothing is worth reporting.',
    `- \`topic\`: ${topics.map((topic) => `\`${topic}\``).join(', ')}, or null.`,
    '- `severity`:',
    ...severities.map((severity) => `  - \`${severity}\`: ${severityTexts[severity]}`),
    '- `path`: a file of the component, from the root of the repository. `line`: counted from ' +
      '1; null where the whole file is meant. A finding at a place that does not exist is thrown ' +
      'away.',
    `- \`title\`: at most ${answerLimits.title} characters. ` +
      `\`detail\`: at most ${answerLimits.detail}. ` +
      `\`summary\`: at most ${answerLimits.summary}. Plain text, no Markdown, no links.`,
    '- `declined`: null. If you cannot or will not do this, say why in one sentence here and ' +
      'leave `findings` empty: that helps more than guesses do.',
  ].join('\n');
}
