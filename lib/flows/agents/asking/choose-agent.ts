import type { AgentProviderName } from '../../../domain/agents/agent-run.ts';
import type { AgentServices } from '../agent-services.ts';

/** Who is asked, and until when. */
export interface ChosenAgent {
  provider: AgentProviderName;
  /** No agent run is started later: whoever waits for the report has waited long enough. ISO 8601 UTC. */
  latestStart: string;
  /** No agent run is waited for any longer. ISO 8601 UTC. */
  latestEnd: string;
}

const hourMs = 3_600_000;

/** Together with the wait for a slot it leaves two hours of the run's day for its own work. */
const startsMs = 6 * hourMs;
const asksMs = 12 * hourMs;

/**
 * The provider that the configuration names, where it can be asked: later operations hold on to it, whatever the
 * configuration says by then.
 * @throws UpstreamError when its credentials cannot be looked up
 */
export async function chooseAgent({
  now,
  providers,
}: Pick<AgentServices, 'now' | 'providers'>): Promise<ChosenAgent | null> {
  const provider = providers.current();
  if (provider === null || !(await provider.isConfigured())) return null;
  const at = now();
  return {
    provider: provider.name,
    latestStart: new Date(at + startsMs).toISOString(),
    latestEnd: new Date(at + asksMs).toISOString(),
  };
}
