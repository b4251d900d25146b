import type { UpstreamError } from '../../domain/errors.ts';
import type { AgentRunView } from '../../ports/agent-provider.ts';

/** An agent run of which the service tells more than is read: whoever waits for its answer waits in vain. */
export function viewOfUnread(providerId: string, { message }: UpstreamError): AgentRunView {
  return {
    providerId,
    state: 'failed',
    status: 'unknown',
    text: null,
    url: null,
    pullRequests: [],
    createdAt: null,
    problem: message,
  };
}
