import { categorySchema, type Category } from '../../domain/finding.ts';
import type { FlowContext } from '../../runtime/flow-context.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import type { EndedAgent } from '../component-analysis/tasks/agent-parts.ts';
import type { AnalysedComponent } from '../component-analysis/tasks/static-results.ts';
import { askAgent } from './ask-agent.ts';
import { causeOf, type AskingFlow } from './asking/asking.ts';
import type { AskServices } from './asking/ask-services.ts';
import { endOfAsking, endWithoutRun, type EndedAsking } from './asking/attempt-end.ts';
import { chooseAgent, type ChosenAgent, type NobodyAsked } from './asking/choose-agent.ts';
import { makeUpLater } from './asking/make-up-later.ts';
import { problemOf } from './asking/problem-of.ts';
import type { Stages } from './asking/stages.ts';

const analyses: readonly Category[] = categorySchema.options;

/**
 * Asks an agent for each analysis of a component, side by side, and waits for them without costing anything. How each
 * has ended is for the report to say; an error is among that and never thrown. Empty where there is none to be asked.
 */
export async function askAgents(
  flowContext: AskingFlow & Pick<FlowContext, 'parallel'>,
  component: AnalysedComponent,
  services: AskServices,
): Promise<EndedAgent[]> {
  const agent = await choose(flowContext, component, services);
  if (agent === null) return [];
  if ('problem' in agent) {
    return makeUpLater(flowContext, { component, ended: notAsked(agent, services) }, services);
  }
  const stages: Stages = new Map(analyses.map((analysis) => [analysis, { kind: 'waiting' }]));
  const ended = await flowContext.parallel(
    'ask agents',
    analyses.map((analysis) => ({
      name: analysis,
      work: (branch) => {
        const cause = causeOf({ agent, component }, analysis);
        return askAgent(branch, { component, analysis, agent, cause, stages }, services);
      },
    })),
  );
  return makeUpLater(flowContext, { component, ended }, services);
}

async function choose(
  flowContext: AskingFlow,
  component: AnalysedComponent,
  services: AskServices,
): Promise<ChosenAgent | NobodyAsked | null> {
  try {
    return await flowContext.task('choose an agent', retries.few, () =>
      chooseAgent(component, services),
    );
  } catch (error) {
    flowContext.log.warn('Nobody knows whether there is an agent', errorFields(error));
    return { problem: problemOf(error), refusal: null };
  }
}

/** Who has no agent reads no word of agents. */
function notAsked(
  { problem, refusal }: NobodyAsked,
  { settings: { provider } }: AskServices,
): EndedAsking[] {
  if (provider === 'none') return [];
  const last = endWithoutRun('not-asked', problem, refusal);
  return analyses.map((analysis) => endOfAsking({ analysis, provider }, { before: null, last }));
}
