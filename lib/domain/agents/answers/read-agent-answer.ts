import { z } from 'zod';
import { answerLimits, exampleSummary } from '../prompts/answer-format.ts';
import type { ComponentFile } from '../prompts/prompt-request.ts';
import type { AgentAnswer } from './agent-answer.ts';
import { answerCandidates } from './answer-candidates.ts';
import { cutLine, cutText } from './cut-text.ts';
import { knownPlaces } from './known-places.ts';
import { readFindings } from './read-findings.ts';

export interface AnswerText {
  /** What the agent has said, of any length. Text from outside. */
  text: string;
  /** Of the prompt that was answered. */
  mark: string;
  /** Of the component: an agent may name no others. */
  files: readonly ComponentFile[];
}

/** Reads JSON, leniently; undefined where it is none. Must not throw. */
export type ParseJson = (text: string) => unknown;

/** What is of another type than it should be counts as missing. */
const writtenAnswerSchema = z.object({
  summary: z.string().optional().catch(undefined),
  findings: z.array(z.unknown()).optional().catch(undefined),
  declined: z.union([z.string(), z.boolean()]).optional().catch(undefined),
});
type WrittenAnswer = z.infer<typeof writtenAnswerSchema>;

/** As much of an unusable answer as people need to see what went wrong. */
const longestExcerpt = 500;

/**
 * Judges what an agent has answered. Never throws, reads a text of any length a few times at most,
 * and keeps no finding at a place that does not exist.
 */
export function readAgentAnswer({ files, mark, text }: AnswerText, parse: ParseJson): AgentAnswer {
  for (const candidate of answerCandidates(text, mark)) {
    const written = readWritten(parse(candidate));
    if (written !== null) return judge(written, files);
  }
  return withoutAnswer(text);
}

/** Null for JSON that is no answer, such as the example of the prompt. */
function readWritten(value: unknown): WrittenAnswer | null {
  if (Array.isArray(value)) return isListOfFindings(value) ? { findings: value } : null;
  const { data } = writtenAnswerSchema.safeParse(value);
  if (data === undefined || data.summary === exampleSummary) return null;
  return Object.values(data).every((field) => field === undefined) ? null : data;
}

/** Markdown may begin a line with brackets, too: `[1]: …`. */
function isListOfFindings(list: readonly unknown[]): boolean {
  return list.length === 0 || list.some((one) => typeof one === 'object' && one !== null);
}

function judge(
  { declined, findings = [], summary = '' }: WrittenAnswer,
  files: AnswerText['files'],
): AgentAnswer {
  const read = readFindings(findings, knownPlaces(files));
  const words = cutText(summary, answerLimits.summary);
  const reason = declineReason(declined);
  if (reason !== null && read.findings.length === 0) return decline(reason || words);
  return {
    kind: 'answered',
    summary: words,
    findings: read.findings,
    dropped: read.dropped,
    problem: read.beyond === 0 ? null : `It had ${read.beyond} more findings than a report holds.`,
  };
}

/** Null where it has not declined; empty where it does not say why. */
function declineReason(declined: WrittenAnswer['declined']): string | null {
  if (typeof declined !== 'string') return declined === true ? '' : null;
  const reason = cutLine(declined, longestExcerpt);
  return /^(?:|null|none|no|n\/a|false)\.?$/i.test(reason) ? null : reason;
}

function decline(reason: string): AgentAnswer {
  const summary = cutText(reason, longestExcerpt);
  return { kind: 'declined', summary, findings: [], dropped: 0, problem: 'It has declined.' };
}

/** How those begin who will not or cannot, in lower case. */
const refusals = [
  'sorry',
  "i'm sorry",
  'i am sorry',
  "i can't",
  'i cannot',
  "i won't",
  'i will not',
  'i decline',
  'i must decline',
  "i'm unable",
  'i am unable',
  "i'm not able",
  'i am not able',
  'unable to',
  'as an ai',
];

function withoutAnswer(text: string): AgentAnswer {
  const excerpt = cutText(text.trimStart(), longestExcerpt);
  const words = excerpt.toLowerCase().replaceAll('’', "'");
  if (refusals.some((beginning) => words.startsWith(beginning))) return decline(excerpt);
  const problem =
    excerpt === ''
      ? 'It has answered nothing.'
      : 'Its answer is not of the form that was asked for.';
  return { kind: 'unusable', summary: excerpt, findings: [], dropped: 0, problem };
}
