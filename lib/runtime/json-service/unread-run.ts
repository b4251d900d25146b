import type { UpstreamError } from '../../domain/errors.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';

/** An agent run of which a service tells more than is read: to wait for its answer is in vain. */
export function viewOfUnread(providerId: string, { message }: UpstreamError): AgentRunView {
  return {
    providerId,
    state: 'failed',
    status: 'unknown',
    text: null,
    url: null,
    pullRequests: [],
    createdAt: null,
    endedAt: null,
    problem: message,
  };
}
