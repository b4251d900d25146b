import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AgentLogEntry, AgentLogPage, AgentLogQuery } from '../../ports/agent-provider.ts';

const printedPartSchema = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  kind: z.enum(['stdout', 'stderr']),
  text: z.string(),
});
/** A piece of what an agent has printed, as it came: lines may be divided. */
export type PrintedPart = z.infer<typeof printedPartSchema>;
export type OutputKind = PrintedPart['kind'];

/** What was written down so far. The last part may be cut, where the supervisor was killed: it is left out. */
export function readPrinted(file: string): PrintedPart[] {
  return readText(file)
    .split('\n')
    .flatMap((line) => parsePart(line) ?? []);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parsePart(line: string): PrintedPart | undefined {
  try {
    return printedPartSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** All of one stream. */
export function textOf(printed: readonly PrintedPart[], kind: OutputKind): string {
  return printed
    .filter((part) => part.kind === kind)
    .map(({ text }) => text)
    .join('');
}

/** Some of the lines. */
export function pageOf(
  printed: readonly PrintedPart[],
  { limit, skip }: AgentLogQuery,
): AgentLogPage {
  const lines = linesOf(printed);
  return { entries: lines.slice(skip, skip + limit), total: lines.length };
}

/** Whole lines, each by the time of its beginning; empty ones are left out. */
export function linesOf(printed: readonly PrintedPart[]): AgentLogEntry[] {
  const lines: AgentLogEntry[] = [];
  const open: Partial<Record<OutputKind, AgentLogEntry>> = {};
  for (const { at, kind, text } of printed) {
    for (const [index, piece] of text.split(/\r?\n/).entries()) {
      if (index > 0) delete open[kind];
      if (piece === '') continue;
      const line = open[kind];
      if (line !== undefined) {
        line.text += piece;
        continue;
      }
      const begun = { at, kind, text: piece };
      open[kind] = begun;
      lines.push(begun);
    }
  }
  return lines;
}
