import { formatAgentState, shortAgentRunId } from '../../lib/dashboard/agent-text.ts';
import { formatTime } from '../../lib/dashboard/run-text.ts';
import { oneLineText } from '../../lib/domain/plain-text.ts';
import type { StoppedAgentRun } from '../desk/agent-desk.ts';

/** What has come of stopping an agent run. */
export function formatStop({ agentRun, outcome }: StoppedAgentRun): string {
  const { id, placeUntil, provider, url } = agentRun;
  const name = `Agent run ${shortAgentRunId(id)}`;
  if (outcome === 'over') return `${name} had ended already: ${formatAgentState(agentRun)}.`;
  if (outcome === 'ended') return `${name} is cancelled.`;
  const there = url === null ? `at ${provider}` : `at ${oneLineText(url)}`;
  const place =
    placeUntil === undefined
      ? ''
      : ` Its place is free at ${formatTime(placeUntil)} UTC at the latest.`;
  return (
    `${name} is let go: nobody waits for it any more. The agent may go on ${there}: ` +
    `${provider} cannot be told to end it from here.${place}`
  );
}
