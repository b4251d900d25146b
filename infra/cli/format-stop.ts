import { formatAgentState, shortAgentRunId } from '../../lib/dashboard/agent-text.ts';
import { formatTime } from '../../lib/dashboard/run-text.ts';
import type { AgentRun } from '../../lib/domain/agents/agent-run.ts';
import { oneLineText } from '../../lib/domain/plain-text.ts';
import type { AgentRunStop } from '../desk/stop-agents-of.ts';

/** What has come of stopping an agent run. */
export function formatStop(stop: AgentRunStop): string {
  const { agentRun, outcome } = stop;
  const name = `Agent run ${shortAgentRunId(agentRun.id)}`;
  if (outcome === 'over') return `${name} had ended already: ${formatAgentState(agentRun)}.`;
  if (outcome === 'ended') return `${name} is cancelled.`;
  if (outcome === 'goes-on') return oneLineText(`${name} goes on: ${stop.why}`);
  const sentences = [
    `${name} is let go: nobody waits for it any more.`,
    whereItGoesOn(agentRun),
    whenItsPlaceIsFree(agentRun),
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

function whereItGoesOn({ provider, providerId, url }: AgentRun): string {
  if (providerId === null) {
    return `It was being started: it is ended as soon as it has been, where ${provider} can do that.`;
  }
  const there = url === null ? provider : oneLineText(url);
  return `The agent may go on at ${there}: ${provider} cannot be told to end it from here.`;
}

function whenItsPlaceIsFree({ placeUntil }: AgentRun): string | null {
  if (placeUntil === undefined) return null;
  return `Its place is free at ${formatTime(placeUntil)} UTC at the latest.`;
}
