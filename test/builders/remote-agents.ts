import type {
  AgentProvider,
  AgentProviders,
  AgentRunView,
} from '../../lib/ports/agent-provider.ts';

/** As far as a test says. */
type Stands = Pick<AgentRunView, 'state'> & Partial<AgentRunView>;

/** Agent runs at a provider, as a test tells how they stand. Nobody starts any here. */
export class RemoteAgents implements AgentProviders {
  /** By the provider's ids. */
  readonly runs = new Map<string, Stands>();
  readonly cancelled: string[] = [];
  /** Thrown by whatever is asked, while it is set. */
  problem: Error | undefined;
  isConfigured = true;
  canCancel = true;
  /** Ids by ours, of those that it finds; undefined where it cannot look. */
  found: Map<string, string> | undefined;

  current(): AgentProvider {
    return this.of();
  }

  of(): AgentProvider {
    return {
      name: 'codegen',
      isConfigured: async () => this.isConfigured,
      start: () => Promise.reject(new Error('nothing is started here')),
      get: async (providerId) => {
        this.#fail();
        const run = this.runs.get(providerId);
        return run && viewOf(providerId, run);
      },
      probe: async () => {
        this.#fail();
        return { account: 'jane in organisation 42' };
      },
      ...(this.found && {
        find: async (id: string) => {
          this.#fail();
          const providerId = this.found?.get(id) ?? '';
          const run = this.runs.get(providerId);
          return run && viewOf(providerId, run);
        },
      }),
      ...(this.canCancel && {
        cancel: async (providerId: string) => {
          this.#fail();
          this.cancelled.push(providerId);
          this.runs.set(providerId, { state: 'cancelled' });
        },
      }),
    };
  }

  #fail(): void {
    if (this.problem !== undefined) throw this.problem;
  }
}

function viewOf(providerId: string, stands: Stands): AgentRunView {
  return {
    providerId,
    status: stands.state.toUpperCase(),
    text: null,
    url: null,
    pullRequests: [],
    createdAt: null,
    endedAt: null,
    problem: null,
    ...stands,
  };
}
