import type { AnalysisInput } from '../component-analysis/input.ts';

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
