import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import { isInstalledOn } from './rights.ts';
import type { AppSeed, InstallationSeed } from './seed.ts';
import { ownerOf } from './shapes.ts';
import { attemptDelivery, type Attempt, type Message } from './webhook-attempt.ts';
import type { GithubWorld, Repository } from './world.ts';

export type HookPlace =
  | { kind: 'app' }
  | { kind: 'organisation'; organisation: string }
  | { kind: 'repository'; repository: string };

export interface HookSettings {
  url: string;
  /** Null: its deliveries are not signed. */
  secret: string | null;
  /** `*` stands for all. */
  events: readonly string[];
  active: boolean;
  /** GitHub's own default is `form`. */
  contentType: 'json' | 'form';
}

export interface Hook extends HookSettings {
  id: number;
  place: HookPlace;
  createdAt: string;
  updatedAt: string;
  /** Oldest first. */
  attempts: Attempt[];
}

/** What has happened, to whoever wants to know. */
export interface Happening {
  event: string;
  payload: JsonObject;
  repository: Repository;
}

export interface Webhooks {
  hooks: Hook[];
  add(place: HookPlace, settings: Partial<HookSettings> & { url: string }): Hook;
  remove(hook: Hook): void;
  /** Sends it to every hook that wants it, under one id. Settles when all have answered or failed. */
  tell(happening: Happening): Promise<void>;
  /** The same while nobody waits. */
  tellSoon(happening: Happening): void;
  /** Sends `ping`, which every new hook gets, while nobody waits. */
  ping(hook: Hook): void;
  /** Sends an attempt once more under the same id, while nobody waits. */
  redeliver(hook: Hook, attempt: Attempt): void;
  /** When nothing is on its way any more. */
  settled: () => Promise<void>;
}

export function createWebhooks(world: GithubWorld, app: AppSeed | undefined): Webhooks {
  const hooks: Hook[] = [];
  const onTheWay = new Set<Promise<void>>();

  async function send(hook: Hook, message: Message): Promise<void> {
    const attempt = await attemptDelivery(hook, message, world.now);
    if (attempt !== null) hook.attempts.push(attempt);
  }

  function meanwhile(work: Promise<void>): void {
    const sending = work.finally(() => onTheWay.delete(sending));
    onTheWay.add(sending);
  }

  const sendSoon = (hook: Hook, message: Message) => meanwhile(send(hook, message));

  async function tell(happening: Happening): Promise<void> {
    const { repository } = happening;
    const guid = randomUUID();
    const installation = app?.installations.find((one) => isInstalledOn(one, repository.name));
    const told = hooks.filter((hook) => wants(hook, happening, installation !== undefined));
    const messages = told.map((hook) => {
      const sees = hook.place.kind === 'app' ? installation : undefined;
      return send(hook, messageFor(happening, guid, sees));
    });
    await Promise.all(messages);
  }

  function add(place: HookPlace, settings: Partial<HookSettings> & { url: string }): Hook {
    const hook = { ...newHook(world, place), ...settings };
    hooks.push(hook);
    return hook;
  }

  if (app?.hook !== undefined) {
    const events = app.events ?? ['push', 'pull_request'];
    add({ kind: 'app' }, { ...app.hook, events, contentType: 'json' });
  }

  return {
    hooks,
    add,
    remove: (hook) => void hooks.splice(hooks.indexOf(hook), 1),
    tell,
    tellSoon: (happening) => meanwhile(tell(happening)),
    ping: (hook) => {
      const payload = { zen: 'Keep it logically awesome.', hook_id: hook.id, hook: {} };
      const ids = { repositoryId: null, installationId: null };
      sendSoon(hook, { guid: randomUUID(), event: 'ping', payload, redelivery: false, ...ids });
    },
    redeliver: (hook, attempt) => {
      const { payload } = attempt.request;
      sendSoon(hook, { ...attempt, payload, redelivery: true });
    },
    settled: async () => {
      while (onTheWay.size > 0) await Promise.all(onTheWay);
    },
  };
}

/** With GitHub's own defaults. */
function newHook({ nextId, time }: GithubWorld, place: HookPlace): Omit<Hook, 'url'> {
  const [createdAt, updatedAt] = [time(), time()];
  const settings = { secret: null, events: ['push'], active: true, contentType: 'form' } as const;
  return { id: nextId(), place, ...settings, createdAt, updatedAt, attempts: [] };
}

/** An App's hook also learns by which installation it sees the repository. */
function messageFor(
  { event, payload, repository }: Happening,
  guid: string,
  installation: InstallationSeed | undefined,
): Message {
  const message = { guid, event, redelivery: false, repositoryId: repository.id };
  if (installation === undefined) return { ...message, payload, installationId: null };
  const { id } = installation;
  const told = { ...payload, installation: { id, node_id: 'MDIz' } };
  return { ...message, payload: told, installationId: id };
}

/** @param isInstalled whether the App may see the repository */
function wants(
  { active, events, place }: Hook,
  happening: Happening,
  isInstalled: boolean,
): boolean {
  const { event, repository } = happening;
  if (!active || !(events.includes(event) || events.includes('*'))) return false;
  if (place.kind === 'app') return isInstalled;
  if (place.kind === 'organisation') return place.organisation === ownerOf(repository);
  return place.repository === repository.name;
}
