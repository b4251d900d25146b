import {
  agentSecrets,
  decideAgentStatus,
  type AgentStatus,
} from '../../lib/domain/agents/agent-status.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { AgentProviders } from '../../lib/ports/agent-provider.ts';
import type { SecretPresence } from '../../lib/ports/secret-store.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';

/**
 * Whether agents can be asked. Their provider is not, and no secret is read.
 * @throws UpstreamError when it cannot be told which secrets are set
 */
export async function readAgentStatus(
  { provider }: Pick<Config['agents'], 'provider'>,
  { providers, secrets }: { providers: Pick<AgentProviders, 'current'>; secrets: SecretPresence },
): Promise<AgentStatus> {
  const set = new Set<SecretName>();
  const needed = provider === 'none' ? [] : agentSecrets[provider];
  await Promise.all(
    needed.map(async (name) => {
      if (await secrets.isSet(name)) set.add(name);
    }),
  );
  const isHere = providers.current() !== null;
  return decideAgentStatus(provider, { isHere, isSet: (name) => set.has(name) });
}
