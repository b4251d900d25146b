import type { AgentRunState } from '../../domain/agents/agent-run.ts';

/** Codegen's words, which it writes in upper and in lower case. */
const states: Readonly<Record<string, AgentRunState>> = {
  PENDING: 'queued',
  ACTIVE: 'running',
  RUNNING: 'running',
  EVALUATION: 'running',
  PAUSED: 'waiting',
  COMPLETE: 'succeeded',
  COMPLETED: 'succeeded',
  ERROR: 'failed',
  FAILED: 'failed',
  MAX_ITERATIONS_REACHED: 'failed',
  OUT_OF_TOKENS: 'failed',
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
  STOPPED: 'cancelled',
  TIMEOUT: 'timed-out',
  TIMED_OUT: 'timed-out',
};

const problems: Readonly<Record<string, string>> = {
  PAUSED: 'The agent waits until somebody answers it at Codegen.',
  MAX_ITERATIONS_REACHED: 'The agent has used up its iterations.',
  OUT_OF_TOKENS: 'The agent has used up its tokens.',
  STOPPED: 'The agent was stopped at Codegen.',
};

function keyOf(status: string): string {
  return status
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** A word never seen before is no end: it may go on, and there is a deadline. */
export function stateOfStatus(status: string): AgentRunState {
  const key = keyOf(status);
  return Object.hasOwn(states, key) ? (states[key] ?? 'running') : 'running';
}

/** Why it has not succeeded (yet), in words; null where nothing is known. */
export function problemOfStatus(status: string): string | null {
  const key = keyOf(status);
  if (Object.hasOwn(problems, key)) return problems[key] ?? null;
  const state = stateOfStatus(status);
  if (state === 'queued' || state === 'running' || state === 'succeeded') return null;
  return `At Codegen it has ended as "${status}".`;
}
