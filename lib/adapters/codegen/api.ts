import { z } from 'zod';
import type { LiveCredentials } from '../../runtime/json-service/live-credentials.ts';
import {
  createServiceRequests,
  type Question,
  type ServiceRequestsOptions,
} from '../../runtime/json-service/service-requests.ts';
import type { SharedRate } from '../../runtime/json-service/shared-rate.ts';
import type { CodegenCredentials } from './credentials.ts';
import { codegen, explainRefusal } from './failures.ts';

/** What is asked of Codegen, within an organisation or of the token's owner. */
export interface CodegenQuestion<Data> {
  method: 'GET' | 'POST';
  /** Behind `/v1/organizations/NUMBER`, with its query. */
  path: string;
  /** Default: v1. */
  version?: 'v1' | 'v1/alpha';
  body?: unknown;
  schema: z.ZodType<Data>;
  /** What it means that something is not there, without a full stop. */
  missing: string;
  /** Makes a new agent run: fewer of these are allowed. */
  isCreation?: boolean;
}

export interface CodegenApi {
  /** @throws UpstreamError with words that say what to do */
  ask<Data>(question: CodegenQuestion<Data>): Promise<Data>;
  /** Whom the token belongs to, and in which organisation. */
  whoAmI(): Promise<{ user: CodegenUser; organisation: string; isMember: boolean }>;
}

export interface CodegenApiOptions extends Omit<
  ServiceRequestsOptions<CodegenCredentials>,
  'name' | 'credentials'
> {
  credentials: LiveCredentials<CodegenCredentials>;
  creations: SharedRate;
  others: SharedRate;
}

const userSchema = z.object({
  email: z.string().nullish().catch(null),
  github_username: z.string().nullish().catch(null),
});
export type CodegenUser = z.infer<typeof userSchema>;

const organisationsSchema = z.object({ items: z.array(z.object({ id: z.int() })) });

/** @see https://docs.codegen.com/api-reference */
export function createCodegenApi(options: CodegenApiOptions): CodegenApi {
  const { creations, credentials, others } = options;
  const requests = createServiceRequests({ ...options, name: codegen });

  const personal = <Data>(
    path: string,
    schema: z.ZodType<Data>,
  ): Question<Data, CodegenCredentials> => ({
    method: 'GET',
    path: () => path,
    schema,
    rate: others,
    explain: (refusal) => explainRefusal(refusal, 'Codegen does not know this address'),
  });

  return {
    ask: async ({ isCreation, missing, path, version = 'v1', ...question }) =>
      await requests.ask({
        ...question,
        path: ({ organisation }) => `/${version}/organizations/${organisation}${path}`,
        rate: isCreation === true ? creations : others,
        explain: (refusal) => explainRefusal(refusal, missing),
      }),
    whoAmI: async () => {
      const user = await requests.ask(personal('/v1/users/me', userSchema));
      const { items } = await requests.ask(
        personal('/v1/organizations?limit=100', organisationsSchema),
      );
      const { organisation } = await credentials.current();
      const isMember = items.some(({ id }) => String(id) === organisation);
      return { user, organisation, isMember };
    },
  };
}

const pageLimit = 100;

/** Lists are read to their end, but not for ever: beyond so many pages nothing is looked for. */
const mostPages = 50;

/**
 * The first item that is looked for, from a list of pages.
 * @param page asks for the items behind the first `skip` of them
 * @param pick undefined: it is not this one
 */
export async function findInPages<Item, Found>(
  page: (skip: number, limit: number) => Promise<Item[]>,
  pick: (item: Item) => Found | undefined,
): Promise<Found | undefined> {
  for (let index = 0; index < mostPages; index += 1) {
    const items = await page(index * pageLimit, pageLimit);
    for (const item of items) {
      const found = pick(item);
      if (found !== undefined) return found;
    }
    if (items.length < pageLimit) return undefined;
  }
  return undefined;
}
