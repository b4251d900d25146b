import { z } from 'zod';
import { isFinalAgentRunState } from '../../domain/agents/agent-run.ts';
import { readPullRequests, type ToldPullRequest } from '../../domain/agents/told-pull-requests.ts';
import { oneLineText, shorten } from '../../domain/plain-text.ts';
import { webAddress } from '../../domain/web-address.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';
import { problemOfStatus, stateOfStatus } from './statuses.ts';

const optionalText = z.string().nullable().catch(null);

/** Of agents and runs: they become parts of addresses. */
const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);

const branchSchema = z.object({ branch: optionalText, prUrl: optionalText });

export const runAnswerSchema = z.object({
  id: idSchema,
  agentId: idSchema,
  status: optionalText,
  createdAt: optionalText,
  updatedAt: optionalText,
  /** Milliseconds, of one that has ended. */
  durationMs: z.number().positive().nullable().catch(null),
  result: optionalText,
  git: z.object({ branches: z.array(branchSchema).catch([]) }).catch({ branches: [] }),
});
export type RunAnswer = z.infer<typeof runAnswerSchema>;

export const agentAnswerSchema = z.object({ url: optionalText });

/** @param url page of the agent, as Cursor tells it */
export function viewOf(run: RunAnswer, url: string | null): AgentRunView {
  const status = shorten(oneLineText(run.status ?? ''), 50) || 'unknown';
  const state = stateOfStatus(status);
  return {
    providerId: `${run.agentId}/${run.id}`,
    state,
    status,
    text: run.result,
    url: webAddress(url),
    pullRequests: readPullRequests(run.git.branches.map(toldOf)),
    createdAt: timeOf(run.createdAt),
    endedAt: isFinalAgentRunState(state) ? endOf(run) : null,
    problem: problemOfStatus(status),
  };
}

/** Its last change may be a later one. */
function endOf({ createdAt, durationMs, updatedAt }: RunAnswer): string | null {
  const began = Date.parse(createdAt ?? '');
  return durationMs === null || Number.isNaN(began)
    ? timeOf(updatedAt)
    : isoTime(began + durationMs);
}

function timeOf(text: string | null): string | null {
  return isoTime(Date.parse(text ?? ''));
}

/** @returns ISO 8601 UTC; null where there is no such time */
function isoTime(at: number): string | null {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function toldOf({ branch, prUrl: url }: z.infer<typeof branchSchema>): ToldPullRequest {
  return { url, title: null, branch };
}
