import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { WebhookPlace } from '../../../ports/code-host-admin.ts';
import type { Hook, SentDeliveries } from '../../../ports/sent-deliveries.ts';
import type { Store } from '../../../ports/store.ts';
import type { GithubAccess } from '../access/access.ts';
import { createConditionalReader } from '../requests/conditional-reader.ts';
import { addressOfPlace, questionAt } from './hook-addresses.ts';
import { hookConfigSchema, hookSchema } from './hook-schemas.ts';
import { createOwners, type IsOrganisation } from './owner-kind.ts';

/** What webhooks are looked for, and where is kept what is known of them. */
export interface OurHooksOptions {
  store: Store;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** `owner/name` of each, as configured. */
  repositories: readonly string[];
  /** Whether the address of a webhook leads to this system. */
  isOurs: (url: string) => boolean;
  /** By what `isOurs` goes: with another text, what was found before is looked at anew. */
  oursBy: string;
}

type Found = Awaited<ReturnType<SentDeliveries['listHooks']>>;
/** Others may have webhooks there, too. */
type SharedPlace = Exclude<WebhookPlace, { kind: 'app' }>;
type ListHooks = (place: WebhookPlace) => Promise<Found>;

const nothing: Found = { hooks: [], problems: [] };

/** GitHub takes at most 20 webhooks for one event. */
const mostHooks = 100;

/** @returns `listHooks` of the sent deliveries */
export function createOurHooks(
  access: GithubAccess,
  { isOurs, now, oursBy, repositories, store }: OurHooksOptions,
): SentDeliveries['listHooks'] {
  const list = createHookLister(access, { isOurs, now, oursBy, store });
  const isOrganisation = createOwners(access, { store, now });
  return async () => {
    const kind = await access.kind();
    if (kind === 'none') return nothing;
    const app = kind === 'app' ? await list({ kind: 'app' }) : nothing;
    if (app.hooks.length > 0) return app;
    const found = await eachInTurn([...groupByOwner(repositories)], (owned) =>
      hooksOfOwner(owned, { list, isOrganisation }),
    );
    return joined([app, ...found]);
  };
}

/** Lists those of a place that are ours, asking conditionally. */
function createHookLister(
  access: GithubAccess,
  { isOurs, now, oursBy, store }: Omit<OurHooksOptions, 'repositories'>,
): ListHooks {
  const read = createConditionalReader(store, { now, variant: oursBy });
  const { configSchema, hooksSchema } = sightedSchemas(isOurs);

  const hooksOfApp = async (): Promise<Hook[]> => {
    const address = await addressOfPlace(access, { kind: 'app' });
    const question = questionAt(address, {
      method: 'GET',
      below: '/config',
      schema: configSchema,
    });
    const { ours } = await read(address.client, question);
    return ours ? [{ kind: 'app' }] : [];
  };
  const hooksOfPlace = async (place: SharedPlace): Promise<Hook[]> => {
    const address = await addressOfPlace(access, place);
    const question = questionAt(address, {
      method: 'GET',
      parameters: { per_page: mostHooks },
      schema: hooksSchema,
    });
    const hooks = await read(address.client, question);
    return hooks.flatMap(({ id, ours }) => (ours ? [hookAt(place, id)] : []));
  };
  return async (place) => {
    try {
      const hooks = place.kind === 'app' ? await hooksOfApp() : await hooksOfPlace(place);
      return { hooks, problems: [] };
    } catch (error) {
      return { hooks: [], problems: [problemOf(error)] };
    }
  };
}

/**
 * Of an answer only what is ours is kept: the addresses of other people's webhooks may hold secrets. Each
 * schema takes what it has made, too.
 */
function sightedSchemas(isOurs: OurHooksOptions['isOurs']) {
  const config = hookConfigSchema.transform(({ url }) => ({ ours: isOurs(url) }));
  const hook = hookSchema.transform((found) => ({ id: found.id, ours: isOurs(found.config.url) }));
  return {
    configSchema: z.union([z.strictObject({ ours: z.boolean() }), config]),
    hooksSchema: z.array(z.union([z.strictObject({ id: z.string(), ours: z.boolean() }), hook])),
  };
}

function hookAt(place: SharedPlace, id: string): Hook {
  return { ...place, id };
}

/** One place that we may not see is told; what stands in the way of all of them fails. */
function problemOf(error: unknown): string {
  const isOfPlace = error instanceof UpstreamError && !error.retryable && error.status !== 401;
  if (!isOfPlace) throw error;
  return error.message;
}

async function hooksOfOwner(
  [owner, repositories]: [string, string[]],
  { isOrganisation, list }: { list: ListHooks; isOrganisation: IsOrganisation },
): Promise<Found> {
  const common = (await isOrganisation(owner, repositories))
    ? await list({ kind: 'organisation', organisation: owner })
    : nothing;
  if (common.hooks.length > 0) return common;
  const own = await eachInTurn(repositories, (repository) =>
    list({ kind: 'repository', repository }),
  );
  // Whether the organisation has one as well is of no interest where each repository has its own.
  return joined(own.every(({ hooks }) => hooks.length > 0) ? own : [common, ...own]);
}

/** What stands in the way of one stands in the way of all: the others are not asked for then. */
async function eachInTurn<Place>(
  places: readonly Place[],
  find: (place: Place) => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const place of places) found.push(await find(place));
  return found;
}

function joined(found: readonly Found[]): Found {
  return {
    hooks: found.flatMap(({ hooks }) => hooks),
    problems: found.flatMap(({ problems }) => problems),
  };
}

/** GitHub tells capital letters not apart. */
function groupByOwner(repositories: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const repository of new Set(repositories.map((name) => name.toLowerCase()))) {
    const [owner = ''] = repository.split('/');
    groups.set(owner, [...(groups.get(owner) ?? []), repository]);
  }
  return groups;
}
