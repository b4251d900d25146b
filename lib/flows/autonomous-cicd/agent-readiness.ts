import { messageOf } from '../../domain/errors.ts';
import type { AgentProviderName } from '../../domain/agents/agent-run.ts';
import type { AgentProviders } from '../../ports/agent-provider.ts';

/** Whether agents can be asked for anything. */
export type AgentReadiness =
  /** There is none, or its credentials are not set. */
  | { kind: 'off' }
  | { kind: 'ready'; provider: AgentProviderName }
  /** `reason`: what its provider has said, for people. */
  | { kind: 'not-ready'; provider: AgentProviderName; reason: string };

/** Asks the provider that is configured, by a call that starts nothing. Never throws. */
export async function readAgentReadiness(
  providers: Pick<AgentProviders, 'current'>,
): Promise<AgentReadiness> {
  const provider = providers.current();
  if (provider === null) return { kind: 'off' };
  const { name } = provider;
  try {
    if (!(await provider.isConfigured())) return { kind: 'off' };
    await provider.probe();
    return { kind: 'ready', provider: name };
  } catch (error) {
    return { kind: 'not-ready', provider: name, reason: messageOf(error) };
  }
}
