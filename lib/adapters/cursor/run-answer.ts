import { z } from 'zod';
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
  result: optionalText,
  git: z.object({ branches: z.array(branchSchema).catch([]) }).catch({ branches: [] }),
});
export type RunAnswer = z.infer<typeof runAnswerSchema>;

export const agentAnswerSchema = z.object({ url: optionalText });

/** @param url page of the agent, as Cursor tells it */
export function viewOf(run: RunAnswer, url: string | null): AgentRunView {
  const status = shorten(oneLineText(run.status ?? ''), 50) || 'unknown';
  const createdAt = Date.parse(run.createdAt ?? '');
  return {
    providerId: `${run.agentId}/${run.id}`,
    state: stateOfStatus(status),
    status,
    text: run.result,
    url: webAddress(url),
    pullRequests: readPullRequests(run.git.branches.map(toldOf)),
    createdAt: Number.isNaN(createdAt) ? null : new Date(createdAt).toISOString(),
    problem: problemOfStatus(status),
  };
}

function toldOf({ branch, prUrl: url }: z.infer<typeof branchSchema>): ToldPullRequest {
  return { url, title: null, branch };
}
