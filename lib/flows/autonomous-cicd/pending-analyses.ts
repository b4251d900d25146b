import { chooseByRoom } from '../../domain/agents/budget/choose-by-room.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { componentAnalysis } from '../component-analysis/run.ts';
import type { AgentReadiness } from './agent-readiness.ts';
import type { Chore } from './chore.ts';

/** Each was asked for by a person: there are never many. */
const mostLookedAt = 100;

interface PendingAnalysis {
  /** Of the deferral. */
  id: string;
  repository: string;
}

/**
 * Analyses whose agents a budget or a pause did not allow, and whose time has come. They start again by a name made
 * of the deferral, where agents are ready and the budgets of the day have room: others wait for a later tick.
 */
export function pendingAnalyses(agents: AgentReadiness): Chore<PendingAnalysis> {
  return {
    name: 'pending analyses',

    find: async ({ agents: { deferred }, clock }) => {
      const now = clock.now().getTime();
      const analyses = await deferred.list(mostLookedAt);
      return analyses
        .filter(({ notBefore }) => Date.parse(notBefore) <= now)
        .map(({ id, input }) => ({ id, repository: input.repository }));
    },

    choose: async (found, { agents: { budget } }) =>
      agents.kind === 'ready' && found.length > 0 ? chooseByRoom(found, await budget.view()) : [],

    workOff: async ({ id }, { agents: { deferred }, runs }) => {
      const analysis = await deferred.get(id);
      if (analysis === undefined) return;
      const { input, runId } = analysis;
      await runs.start({
        flow: componentAnalysis.name,
        name: `deferred-${stableId(id)}`,
        input,
        cause: { kind: 'run', runId },
      });
      // Cut off in between, it is found again, and so is the run.
      await deferred.remove(id);
    },
  };
}
