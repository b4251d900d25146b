import { z } from 'zod';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { analysisInputSchema, type AnalysisInput } from '../component-analysis/input.ts';

/** Analyses whose agents were refused for now: autonomous-cicd makes up for them. */
export interface DeferredAnalyses {
  /** Once for each component and origin: a later one takes the place of the one before. */
  defer(analysis: DeferredAnalysis): Promise<void>;
  /** Undefined when there is none (any more). */
  get(id: string): Promise<DeferredAnalysis | undefined>;
  /** Oldest first. */
  list(limit: number): Promise<(DeferredAnalysis & { id: string })[]>;
  /** Without effect when there is none (any more). */
  remove(id: string): Promise<void>;
}

export interface DeferredAnalysis {
  input: AnalysisInput;
  /** The run whose agents were refused. */
  runId: string;
  /** A sentence for people. */
  reason: string;
  /** When it may be tried, ISO 8601 UTC. */
  notBefore: string;
}

const partition = 'deferred-analyses';
/** Then nobody waits for it any more. */
const keptMs = 30 * 86_400_000;

const deferredAnalysisSchema = z.object({
  input: analysisInputSchema,
  runId: z.string(),
  reason: z.string(),
  notBefore: z.string(),
});

/** @param now milliseconds since the epoch */
export function createDeferredAnalyses(store: Store, now: () => number): DeferredAnalyses {
  return {
    async defer(analysis) {
      await store.put({
        partition,
        key: keyOf(analysis.input),
        value: analysis,
        sort: { byTime: analysis.notBefore },
        expiresAt: Date.parse(analysis.notBefore) + keptMs,
      });
    },

    get: async (id) => (await find(store, id))?.analysis,

    async list(limit) {
      const { items } = await store.list(partition, { index: 'byTime', limit });
      return items.flatMap((item) => {
        const analysis = parse(item);
        return analysis === undefined ? [] : [{ ...analysis, id: idOf(item.key, analysis) }];
      });
    },

    async remove(id) {
      const found = await find(store, id);
      if (found === undefined) return;
      const { analysis, version } = found;
      // Its agents may be refused once more at this very moment: only what was read counts as absent from now on.
      await store.put({ partition, key: keyIn(id), value: analysis, expiresAt: now() }, version);
    },
  };
}

async function find(
  store: Store,
  id: string,
): Promise<{ analysis: DeferredAnalysis; version: number } | undefined> {
  const key = keyIn(id);
  const item = await store.get(partition, key);
  const analysis = parse(item);
  if (item === undefined || analysis === undefined) return undefined;
  return idOf(key, analysis) === id ? { analysis, version: item.version } : undefined;
}

function keyOf({ component, origin, repository }: AnalysisInput): string {
  return stableId(repository, component, JSON.stringify(origin ?? null));
}

/** Of this deferral: a later one of the same analysis has another. */
function idOf(key: string, { runId }: DeferredAnalysis): string {
  return `${key}/${runId}`;
}

function keyIn(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** Undefined as well for what another version of the program has written in a shape of its own. */
function parse(item: VersionedItem | undefined): DeferredAnalysis | undefined {
  return deferredAnalysisSchema.safeParse(item?.value).data;
}
