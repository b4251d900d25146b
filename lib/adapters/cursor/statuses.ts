import type { AgentRunState } from '../../domain/agents/agent-run.ts';

const states: Readonly<Record<string, AgentRunState>> = {
  CREATING: 'queued',
  RUNNING: 'running',
  FINISHED: 'succeeded',
  ERROR: 'failed',
  CANCELLED: 'cancelled',
  EXPIRED: 'timed-out',
};

const problems: Readonly<Record<string, string>> = {
  ERROR: 'The agent at Cursor has failed.',
  CANCELLED: 'The agent was stopped at Cursor.',
  EXPIRED: 'Cursor has given the agent up.',
};

/** A word never seen before is no end: it may go on, and there is a deadline. */
export function stateOfStatus(status: string): AgentRunState {
  const key = status.trim().toUpperCase();
  return Object.hasOwn(states, key) ? (states[key] ?? 'running') : 'running';
}

/** Why it has not succeeded, in words; null where nothing is known. */
export function problemOfStatus(status: string): string | null {
  const key = status.trim().toUpperCase();
  return Object.hasOwn(problems, key) ? (problems[key] ?? null) : null;
}
