import { z } from 'zod';
import { readPullRequests, type ToldPullRequest } from '../../domain/agents/told-pull-requests.ts';
import { oneLineText, shorten } from '../../domain/plain-text.ts';
import { webAddress } from '../../domain/web-address.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';
import { problemOfStatus, stateOfStatus } from './statuses.ts';

/** What is of no use is as good as missing: the API changes, and says little of what may be null. */
const optionalText = z.string().nullable().catch(null);

const pullRequestSchema = z.object({
  url: optionalText,
  title: optionalText,
  head_branch_name: optionalText,
});

/** An agent run as every endpoint shows it. */
export const agentRunAnswerSchema = z.object({
  id: z.int(),
  status: optionalText,
  created_at: optionalText,
  web_url: optionalText,
  result: optionalText,
  summary: optionalText,
  github_pull_requests: z.array(pullRequestSchema).catch([]),
  metadata: z.record(z.string(), z.unknown()).nullable().catch(null),
});
export type AgentRunAnswer = z.infer<typeof agentRunAnswerSchema>;

export function viewOf(answer: AgentRunAnswer): AgentRunView {
  const { created_at, id, result, summary, web_url } = answer;
  const status = shorten(oneLineText(answer.status ?? ''), 50) || 'unknown';
  return {
    providerId: String(id),
    state: stateOfStatus(status),
    status,
    text: result ?? summary,
    url: webAddress(web_url),
    pullRequests: readPullRequests(answer.github_pull_requests.map(toldOf)),
    createdAt: timeOf(created_at),
    endedAt: null,
    problem: problemOfStatus(status),
  };
}

function toldOf(answer: z.infer<typeof pullRequestSchema>): ToldPullRequest {
  const { head_branch_name: branch, title, url } = answer;
  return { url, title, branch };
}

/** Times come with or without a zone; without one they are UTC. @returns ISO 8601 UTC */
export function timeOf(text: string | null): string | null {
  if (text === null) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const time = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
