import { z } from 'zod';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { changeItem } from '../change-item.ts';

const analysisSchema = z.object({
  /** Of its run; two of them are about the same component where it was asked for again. */
  name: z.string(),
  repository: z.string(),
  component: z.string(),
});
export type RememberedAnalysis = z.infer<typeof analysisSchema>;

const memorySchema = z.object({
  /** What was said, each with the event that has told of it: others that tell of it, too, answer nothing. */
  heard: z.array(z.object({ turn: z.string(), event: z.string() })),
  /** Oldest first. */
  analyses: z.array(analysisSchema),
  /** How often it was stopped. */
  stops: z.int().min(0),
});
export type SessionMemory = z.infer<typeof memorySchema>;

const nothingHeard: SessionMemory = { heard: [], analyses: [], stops: 0 };

/** More than a conversation has at a time. */
const mostHeard = 100;
const mostAnalyses = 20;
const keptMs = 90 * 86_400_000;
const partition = 'agent-sessions';

/** What was done in sessions. All methods throw UpstreamError when the store cannot be used. */
export interface SessionMemories {
  get(session: string): Promise<SessionMemory>;
  /**
   * @param event what has told of it: its own attempts may answer it again
   * @returns the session with it; undefined when another event answers it
   */
  hear(session: string, heard: { turn: string; event: string }): Promise<SessionMemory | undefined>;
  /** @returns false: the session was stopped since then, and nothing more is to be started */
  addAnalysis(session: string, analysis: RememberedAnalysis, stops: number): Promise<boolean>;
  noteStop(session: string): Promise<SessionMemory>;
}

/** @param now milliseconds since the epoch */
export function createSessionMemories(store: Store, now: () => number): SessionMemories {
  /** @returns what is kept now */
  const change = async (
    session: string,
    next: (before: SessionMemory) => SessionMemory,
  ): Promise<SessionMemory> => {
    let kept = nothingHeard;
    await changeItem(store, { partition, key: session }, (item) => {
      const before = parse(item);
      kept = next(before);
      return kept === before ? undefined : { value: kept, expiresAt: now() + keptMs };
    });
    return kept;
  };

  return {
    get: async (session) => parse(await store.get(partition, session)),

    async hear(session, said) {
      const { event, turn } = said;
      const memory = await change(session, (before) => {
        if (before.heard.some((known) => known.turn === turn)) return before;
        return { ...before, heard: [...before.heard, said].slice(-mostHeard) };
      });
      const isOwn = memory.heard.some((known) => known.turn === turn && known.event === event);
      return isOwn ? memory : undefined;
    },

    async addAnalysis(session, analysis, stops) {
      const memory = await change(session, (before) => {
        const isKnown = before.analyses.some(({ name }) => name === analysis.name);
        if (isKnown || before.stops !== stops) return before;
        return { ...before, analyses: [...before.analyses, analysis].slice(-mostAnalyses) };
      });
      return memory.stops === stops;
    },

    noteStop: (session) => change(session, (before) => ({ ...before, stops: before.stops + 1 })),
  };
}

/** What another version has written is as good as forgotten. */
function parse(item: VersionedItem | undefined): SessionMemory {
  return memorySchema.safeParse(item?.value).data ?? nothingHeard;
}
