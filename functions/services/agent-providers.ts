import { createCodegen } from '../../lib/adapters/codegen/codegen.ts';
import { createCursor } from '../../lib/adapters/cursor/cursor.ts';
import type { AgentProviderName } from '../../lib/domain/agents/agent-run.ts';
import type { AgentProvider, AgentProviders } from '../../lib/ports/agent-provider.ts';
import type { CallMeter } from '../../lib/ports/call-meter.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { codegenApi, cursorApi, githubServer } from '../../lib/runtime/local-environment.ts';

export interface AgentParts {
  config: LoadedConfig;
  secrets: SecretStore;
  /** Keeps the rates that all processes share. */
  store: Store;
  meter?: CallMeter;
  /** Runs agents on this machine; absent where no machine stays. */
  command?: AgentProvider;
}

/** The providers that the configuration may name. Each is made when it is first needed. */
export function connectAgents(parts: AgentParts): AgentProviders {
  const { provider } = parts.config.config.agents;
  const made = new Map<AgentProviderName, AgentProvider | undefined>();
  const of: AgentProviders['of'] = (name) => {
    if (!made.has(name)) made.set(name, make(name, parts));
    return made.get(name);
  };
  return { current: () => (provider === 'none' ? null : (of(provider) ?? null)), of };
}

function make(name: AgentProviderName, parts: AgentParts): AgentProvider | undefined {
  const { command, config, meter, secrets, store } = parts;
  const { codegen, cursor } = config.config.agents;
  if (name === 'command') return command;
  const shared = { secrets, store, ...(meter !== undefined && { meter }) };
  if (name === 'codegen') {
    return createCodegen({ ...shared, ...codegenApi(process.env), settings: codegen });
  }
  return createCursor({ ...shared, ...cursorApi(process.env), githubUrl, settings: cursor });
}

/** Read when it is needed: it may not be known. @throws ConfigError */
function githubUrl(): string {
  return githubServer(process.env);
}
