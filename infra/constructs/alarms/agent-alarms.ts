import { Duration } from 'aws-cdk-lib';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import type { DeployedFunction } from '../deployed-function.ts';
import type { AlarmMaker } from './alarm-maker.ts';
import { ownMetric } from './own-metric.ts';

/**
 * Those of one analysis, which asks for three: a start that the provider refuses (token, plan) is not tried again, so
 * that a wrong token fails no oftener. What fails later is tried twice; one analysis of which an agent run failed for
 * good makes no alarm.
 */
const tooManyFailures = 3;

/** Agent runs that fail, and those that the day's budget does not allow. */
export function watchAgents(
  maker: AlarmMaker,
  stackName: string,
  { agents: { provider }, asking }: { agents: Config['agents']; asking: DeployedFunction },
): void {
  if (provider === 'none' || provider === 'command') return;
  const period = Duration.hours(3);
  maker.add({
    article: 'agent-failures',
    impact: `Agent runs of ${provider} fail: reports go out without the agent's part.`,
    logs: asking.logGroup,
    metric: ownMetric({
      name: 'AgentRunEnded',
      stackName,
      dimensions: { provider, outcome: 'failed' },
      period,
    }),
    when: { atLeast: tooManyFailures },
  });
  maker.add({
    article: 'agent-budget',
    impact:
      "The agent runs of a day are used up: reports go out without the agent's part until later.",
    logs: asking.logGroup,
    metric: ownMetric({
      name: 'AgentRunRefused',
      stackName,
      dimensions: { reason: 'day' },
      period,
    }),
    when: { atLeast: 1 },
  });
}
