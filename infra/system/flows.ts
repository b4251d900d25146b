import type { Stack } from 'aws-cdk-lib';
import { agentSession } from '../../lib/flows/agent-session/run.ts';
import { autonomousCicd } from '../../lib/flows/autonomous-cicd/run.ts';
import { componentAnalysis } from '../../lib/flows/component-analysis/run.ts';
import { systemHealth } from '../../lib/flows/system-health/run.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import { DurableFlow } from '../constructs/durable-flow.ts';
import { readRunHistories, readRunStates, startRuns, stopRuns } from '../constructs/run-access.ts';
import {
  githubSecrets,
  linearSecrets,
  secretsOfAgents,
  secretsToEndAgents,
} from '../constructs/secrets.ts';
import { variables } from '../constructs/variables.ts';
import type { Foundation } from './foundation.ts';

export interface Flows {
  componentAnalysis: DurableFlow;
  agentSession: DurableFlow;
  systemHealth: DurableFlow;
  autonomousCicd: DurableFlow;
}

/** @param webhookUrl where senders reach the stack, without a path */
export function addFlows(stack: Stack, foundation: Foundation, webhookUrl: string): Flows {
  const { blobs, deployment, outside, stackName, secrets, store } = foundation;
  const { config } = deployment;

  const analysis = new DurableFlow(stack, 'ComponentAnalysis', {
    deployment,
    flow: componentAnalysis,
    description: 'Analyses one component of a repository',
    // More than a whole processor: it parses and lints on threads.
    memoryMb: 2_048,
    uses: [
      store.readWrite(),
      blobs.readWrite(),
      secrets.read(...githubSecrets, ...linearSecrets, ...secretsOfAgents(config)),
      stackName,
      outside,
    ],
  });

  const session = new DurableFlow(stack, 'AgentSession', {
    deployment,
    flow: agentSession,
    description: 'Answers what people say to the app in Linear',
    uses: [
      store.readWrite(),
      secrets.read(...linearSecrets, ...secretsToEndAgents(config)),
      startRuns([analysis]),
      readRunStates([analysis]),
      stopRuns([analysis]),
      stackName,
      outside,
    ],
  });

  const health = new DurableFlow(stack, 'SystemHealth', {
    deployment,
    flow: systemHealth,
    description: 'Looks after the system itself',
    uses: [store.readOnly()],
  });

  const cicd = addAutonomousCicd(stack, foundation, { analysis, session, webhookUrl });
  return {
    componentAnalysis: analysis,
    agentSession: session,
    systemHealth: health,
    autonomousCicd: cicd,
  };
}

/** What autonomous-cicd looks after. */
interface LookedAfter {
  analysis: DurableFlow;
  session: DurableFlow;
  webhookUrl: string;
}

function addAutonomousCicd(
  stack: Stack,
  { blobs, bus, deployment, outside, stackName, secrets, store }: Foundation,
  { analysis, session, webhookUrl }: LookedAfter,
): DurableFlow {
  return new DurableFlow(stack, 'AutonomousCicd', {
    deployment,
    flow: autonomousCicd,
    description: 'Works off what was missed, hangs or has failed',
    memoryMb: 1_024,
    uses: [
      store.readWrite(),
      blobs.readWrite(),
      bus.publish(),
      secrets.read(...githubSecrets, ...linearSecrets, ...secretsOfAgents(deployment.config)),
      // Whether deliveries are expected at all.
      secrets.know('GITHUB_WEBHOOK_SECRET', 'LINEAR_WEBHOOK_SECRET'),
      startRuns([analysis, session]),
      readRunHistories([analysis, session]),
      stopRuns([analysis, session]),
      stackName,
      outside,
      variables({ [deployedVariables.webhookUrl]: webhookUrl }),
    ],
  });
}
