import { z } from 'zod';
import type { AgentProbe } from '../../ports/agent-provider.ts';
import type { CursorApi } from './api.ts';

const meSchema = z.object({
  apiKeyName: z.string().nullish().catch(null),
  /** Missing where the key is one of a team. */
  userEmail: z.string().nullish().catch(null),
});

/** Whose key it is. */
export async function probe(api: CursorApi): Promise<AgentProbe> {
  const { apiKeyName, userEmail } = await api.ask({
    method: 'GET',
    path: '/v1/me',
    schema: meSchema,
    missing: 'Cursor does not know this address',
  });
  const owner = userEmail ?? 'a team';
  return { account: apiKeyName ? `${owner} by the key "${apiKeyName}"` : owner };
}
