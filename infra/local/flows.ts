import type { DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { agentSession } from '../../lib/flows/agent-session/run.ts';
import { autonomousCicd } from '../../lib/flows/autonomous-cicd/run.ts';
import { componentAnalysis } from '../../lib/flows/component-analysis/run.ts';
import { systemHealth } from '../../lib/flows/system-health/run.ts';

interface LocalFlow {
  name: string;
  executionTimeoutSeconds: number;
  /** Loads the deployed function's own module; its environment has to be set before. */
  loadHandler: () => Promise<DurableLambdaHandler>;
}

/** The flows that the local host runs: the very handlers that are deployed. */
export const localFlows: readonly LocalFlow[] = [
  {
    ...componentAnalysis,
    loadHandler: async () => (await import('../../functions/component-analysis.ts')).handler,
  },
  {
    ...agentSession,
    loadHandler: async () => (await import('../../functions/agent-session.ts')).handler,
  },
  {
    ...autonomousCicd,
    loadHandler: async () => (await import('../../functions/autonomous-cicd.ts')).handler,
  },
  {
    ...systemHealth,
    loadHandler: async () => (await import('../../functions/system-health.ts')).handler,
  },
];
