import type { AgentLogEntry, AgentLogPage, AgentLogQuery } from '../../ports/agent-provider.ts';
import type { OutputKind, PrintedPart } from './printed.ts';

/**
 * Some of the lines. Nothing is read beyond them: how many there are in all is known where the last one is among
 * them.
 */
export async function pageOf(
  printed: AsyncIterable<PrintedPart>,
  { limit, skip }: AgentLogQuery,
): Promise<AgentLogPage> {
  const lines = collectLines();
  const end = skip + limit;
  for await (const part of printed) {
    lines.add(part);
    if (lines.areWhole(end)) return { entries: lines.all.slice(skip, end), total: null };
  }
  return { entries: lines.all.slice(skip, end), total: lines.all.length };
}

/** Puts lines together, each by the time of its beginning; empty ones are left out. */
function collectLines() {
  const all: AgentLogEntry[] = [];
  /** Of each stream, the place of the line that goes on. */
  const open = new Map<OutputKind, number>();

  const addPiece = (at: string, kind: OutputKind, text: string): void => {
    const line = all[open.get(kind) ?? -1];
    if (line !== undefined) {
      line.text += text;
      return;
    }
    open.set(kind, all.length);
    all.push({ at, kind, text });
  };
  return {
    all: all as readonly AgentLogEntry[],
    add: ({ at, kind, text }: PrintedPart): void => {
      for (const [index, piece] of text.split(/\r?\n/).entries()) {
        if (index > 0) open.delete(kind);
        if (piece !== '') addPiece(at, kind, piece);
      }
    },
    /** Whether nothing comes to the first so many any more. */
    areWhole: (count: number): boolean =>
      all.length >= count && [...open.values()].every((place) => place >= count),
  };
}
