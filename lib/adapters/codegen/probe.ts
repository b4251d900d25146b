import { z } from 'zod';
import type { AgentProbe } from '../../ports/agent-provider.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';

const optionalText = z.string().nullish().catch(null);
const userSchema = z.object({ email: optionalText, github_username: optionalText });
const organisationsSchema = z.object({ items: z.array(z.object({ id: z.int() })) });

/** Whose token it is; who it belongs to has to belong to the organisation. */
export async function probe(api: CodegenApi): Promise<AgentProbe> {
  const missing = 'Codegen does not know this address';
  const shared = { method: 'GET', scope: 'account', missing } as const;
  const user = await api.ask({ ...shared, path: '/users/me', schema: userSchema });
  const path = '/organizations?limit=100';
  const { items } = await api.ask({ ...shared, path, schema: organisationsSchema });

  const organisation = await api.organisation();
  const who = user.email ?? user.github_username ?? 'somebody';
  if (items.some(({ id }) => String(id) === organisation)) {
    return { account: `${who} in organisation ${organisation}` };
  }
  const owner = 'CODEGEN_API_TOKEN is accepted, but its owner does not belong to the organisation';
  throw final(codegen, `${owner} of CODEGEN_ORG_ID.`);
}
