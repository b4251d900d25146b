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

export function createDeferredAnalyses(store: Store): DeferredAnalyses {
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

    get: (id) => find(store, id),

    async list(limit) {
      const { items } = await store.list(partition, { index: 'byTime', limit });
      return items.flatMap((item) => {
        const analysis = parse(item);
        return analysis === undefined ? [] : [{ ...analysis, id: idOf(item.key, analysis) }];
      });
    },

    async remove(id) {
      // Its agents may have been refused once more, by a run that has begun meanwhile.
      if ((await find(store, id)) !== undefined) await store.remove(partition, keyIn(id));
    },
  };
}

async function find(store: Store, id: string): Promise<DeferredAnalysis | undefined> {
  const key = keyIn(id);
  const analysis = parse(await store.get(partition, key));
  return analysis !== undefined && idOf(key, analysis) === id ? analysis : undefined;
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
