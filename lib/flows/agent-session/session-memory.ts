import { z } from 'zod';
import { endsWhatWasAsked } from '../../domain/agents/session/stop.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { changeItem } from '../change-item.ts';

const analysisSchema = z.object({
  /** Of its run; two of them are about the same component where it was asked for again. */
  name: z.string(),
  repository: z.string(),
  component: z.string(),
  /** When it was asked for, ISO 8601 UTC. One of an older version: before anything else. */
  saidAt: z.string().default(new Date(0).toISOString()),
  /** Which stop has ended it, or was about to, and which run of it. */
  stopped: z.object({ turn: z.string(), runId: z.string() }).optional(),
});
export type RememberedAnalysis = z.infer<typeof analysisSchema>;

const stopSchema = z.object({
  turn: z.string(),
  /** ISO 8601 UTC */
  saidAt: z.string(),
});
type RememberedStop = z.infer<typeof stopSchema>;

const memorySchema = z.object({
  /** What was said, each with the event that has told of it: others that tell of it, too, answer nothing. */
  heard: z.array(z.object({ turn: z.string(), event: z.string() })),
  /** Oldest first. */
  analyses: z.array(analysisSchema),
  /** The turns that asked to stop, in the order in which they were heard. An older version kept no times. */
  stops: z.array(stopSchema).catch([]),
});
export type SessionMemory = z.infer<typeof memorySchema>;

const nothingHeard: SessionMemory = { heard: [], analyses: [], stops: [] };

/** More than a conversation has at a time. */
const mostHeard = 100;
const mostAnalyses = 20;
const mostStops = 100;
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
  /** @returns false: a stop was asked for after the analysis, and nothing is to be started */
  addAnalysis(session: string, analysis: RememberedAnalysis): Promise<boolean>;
  /** Once for each turn. */
  noteStop(session: string, stop: RememberedStop): Promise<SessionMemory>;
  /** @param name of the analysis */
  noteEnd(session: string, name: string, stopped: RememberedAnalysis['stopped']): Promise<void>;
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

    async addAnalysis(session, analysis) {
      const memory = await change(session, (before) => {
        const isKnown = before.analyses.some(({ name }) => name === analysis.name);
        if (isKnown || isStopped(before, analysis)) return before;
        return { ...before, analyses: [...before.analyses, analysis].slice(-mostAnalyses) };
      });
      return !isStopped(memory, analysis);
    },

    noteStop: (session, stop) =>
      change(session, (before) => {
        if (before.stops.some(({ turn }) => turn === stop.turn)) return before;
        return { ...before, stops: [...before.stops, stop].slice(-mostStops) };
      }),

    async noteEnd(session, name, stopped) {
      await change(session, (before) => ({
        ...before,
        analyses: before.analyses.map((one) => (one.name === name ? { ...one, stopped } : one)),
      }));
    },
  };
}

/** Whether a stop that was heard of ends what was asked for then. */
export function isStopped({ stops }: SessionMemory, asked: { saidAt: string }): boolean {
  return stops.some((stop) => endsWhatWasAsked(stop, asked));
}

/** What another version has written is as good as forgotten. */
function parse(item: VersionedItem | undefined): SessionMemory {
  return memorySchema.safeParse(item?.value).data ?? nothingHeard;
}
