import type { AgentProvider, AgentProviders } from '../../lib/ports/agent-provider.ts';
import type { CallMeter } from '../../lib/ports/call-meter.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';

export interface AgentParts {
  config: LoadedConfig;
  secrets: SecretStore;
  /** Keeps the rates that all processes share. */
  store: Store;
  meter?: CallMeter;
  /** Runs agents on this machine; absent where no machine stays. */
  command?: AgentProvider;
}

/** The providers that the configuration may name. None is asked for anything before there is a reason. */
export function connectAgents({ command, config }: AgentParts): AgentProviders {
  const { provider } = config.config.agents;
  const of: AgentProviders['of'] = (name) => (name === 'command' ? command : undefined);
  return { current: () => (provider === 'none' ? null : (of(provider) ?? null)), of };
}
