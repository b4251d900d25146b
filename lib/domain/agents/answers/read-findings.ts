import { z } from 'zod';
import { severities, severitySchema, topicSchema, type Severity } from '../../finding.ts';
import type { AgentFinding } from '../agent-part.ts';
import { answerLimits } from '../prompts/answer-format.ts';
import { cutLine, cutText } from './cut-text.ts';
import { findPlace, type KnownPlaces } from './known-places.ts';

/** As many as people read. */
const mostFindings = 50;

/** Further ones are counted without a look at them. */
const mostLookedAt = 1_000;

const word = z.string().catch('');
const writtenFindingSchema = z
  .object({
    topic: z.unknown(),
    severity: word,
    path: word,
    file: word,
    line: z.unknown(),
    title: word,
    message: word,
    detail: word,
    description: word,
  })
  .partial();
type WrittenFinding = z.infer<typeof writtenFindingSchema>;

export interface ReadFindings {
  /** At most 50, most serious first. */
  findings: AgentFinding[];
  /** At places that do not exist, or without a word on what they are about. */
  dropped: number;
  /** Beyond the 50. */
  beyond: number;
}

/** Reads each finding for itself: what is wrong with one does not touch the others. */
export function readFindings(written: readonly unknown[], places: KnownPlaces): ReadFindings {
  const looked = written.slice(0, mostLookedAt);
  const read = looked.map((one) => readFinding(one, places));
  const usable = withoutRepeats(read.filter((one) => one !== null));
  const ordered = usable.toSorted((a, b) => rank(a) - rank(b));
  return {
    findings: ordered.slice(0, mostFindings),
    dropped: read.filter((one) => one === null).length,
    beyond: Math.max(0, ordered.length - mostFindings) + written.length - looked.length,
  };
}

function rank({ severity }: AgentFinding): number {
  return severities.indexOf(severity);
}

function withoutRepeats(findings: readonly AgentFinding[]): AgentFinding[] {
  const byWords = new Map(
    findings.map((one) => [JSON.stringify([one.path, one.line, one.title]), one]),
  );
  return [...byWords.values()];
}

function readFinding(written: unknown, places: KnownPlaces): AgentFinding | null {
  const parsed = writtenFindingSchema.safeParse(written);
  if (!parsed.success) return null;
  const { line, severity = '', topic } = parsed.data;
  const { detail, title } = readWords(parsed.data);
  const place = findPlace(places, { line, path: parsed.data.path || parsed.data.file || '' });
  if (place === null || title === '') return null;
  return { topic: readTopic(topic), severity: readSeverity(severity), ...place, title, detail };
}

/** Where the title is missing, the detail stands for it. */
function readWords({ description, detail, message, title }: WrittenFinding): {
  title: string;
  detail: string;
} {
  const longer = cutText(detail || description || '', answerLimits.detail);
  const shorter = cutLine(title || message || '', answerLimits.title);
  if (shorter !== '') return { title: shorter, detail: longer };
  const isShort = longer.length <= answerLimits.title && !longer.includes('\n');
  return { title: cutLine(longer, answerLimits.title), detail: isShort ? '' : longer };
}

function readTopic(topic: unknown): AgentFinding['topic'] {
  if (typeof topic !== 'string') return null;
  const written = topic
    .slice(0, 100)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return topicSchema.safeParse(written).data ?? null;
}

/** Words of other tools for what we call by ours. */
const otherWords: Readonly<Record<string, Severity>> = {
  blocker: 'critical',
  severe: 'high',
  major: 'high',
  error: 'high',
  important: 'high',
  moderate: 'medium',
  warning: 'medium',
  minor: 'low',
  trivial: 'low',
  note: 'info',
  informational: 'info',
};

/** What is called neither grave nor slight counts as medium. */
function readSeverity(severity: string): Severity {
  const written = severity.slice(0, 100).trim().toLowerCase();
  const other = Object.hasOwn(otherWords, written) ? otherWords[written] : undefined;
  return severitySchema.safeParse(written).data ?? other ?? 'medium';
}
