import { z } from 'zod';
import type { Store } from '../../ports/store.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { analysisInputSchema, type AnalysisInput } from '../component-analysis/input.ts';

/** Analyses whose agents were refused for now: autonomous-cicd makes up for them. */
export interface DeferredAnalyses {
  /** Once for each component and origin: a later one takes the place of the one before. */
  defer(analysis: DeferredAnalysis): Promise<void>;
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

    async list(limit) {
      const { items } = await store.list(partition, { index: 'byTime', limit });
      return items.flatMap(({ key, value }) => {
        const { data } = deferredAnalysisSchema.safeParse(value);
        return data === undefined ? [] : [{ ...data, id: key }];
      });
    },

    remove: (id) => store.remove(partition, id),
  };
}

function keyOf({ component, origin, repository }: AnalysisInput): string {
  return stableId(repository, component, JSON.stringify(origin ?? null));
}
