import { z } from 'zod';
import { secretNames, type SecretName } from '../secret-names.ts';
import { agentProviderNameSchema, type AgentProviderName } from './agent-run.ts';

/** Whether coding agents can be asked, and what is in the way. */
export const agentStatusSchema = z.discriminatedUnion('kind', [
  /** The configuration wants none. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('ready'), provider: agentProviderNameSchema }),
  /** Secrets are missing. */
  z.object({
    kind: z.literal('not-set-up'),
    provider: agentProviderNameSchema,
    missing: z.array(z.enum(secretNames)).min(1),
  }),
  /** No agent of this provider can be asked from where the system runs. */
  z.object({ kind: z.literal('not-here'), provider: agentProviderNameSchema }),
]);
export type AgentStatus = z.infer<typeof agentStatusSchema>;

/** What a provider cannot be asked without. */
export const agentSecrets: Record<AgentProviderName, readonly SecretName[]> = {
  codegen: ['CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'],
  cursor: ['CURSOR_API_KEY'],
  command: [],
};

/**
 * @param wanted by the configuration
 * @param known `isHere`: whether there is such a provider where the system runs; `isSet`: whether a secret has a value
 */
export function decideAgentStatus(
  wanted: AgentProviderName | 'none',
  { isHere, isSet }: { isHere: boolean; isSet: (name: SecretName) => boolean },
): AgentStatus {
  if (wanted === 'none') return { kind: 'off' };
  if (!isHere) return { kind: 'not-here', provider: wanted };
  const missing = agentSecrets[wanted].filter((name) => !isSet(name));
  return missing.length === 0
    ? { kind: 'ready', provider: wanted }
    : { kind: 'not-set-up', provider: wanted, missing };
}
