import { UpstreamError } from '../../lib/domain/errors.ts';
import type { JsonObject } from '../../lib/domain/json-fields.ts';
import type { Hook, SentDeliveries, SentDelivery } from '../../lib/ports/sent-deliveries.ts';

export const appHook: Hook = { kind: 'app' };

export function repositoryHook(repository: string): Hook {
  return { kind: 'repository', repository, id: `id-${repository.replace('/', '-')}` };
}

interface SentOptions {
  hook?: Hook;
  guid: string;
  at: Date;
  ok?: boolean;
  statusCode?: number;
  event?: string;
  payload?: JsonObject;
}

/** What GitHub remembers of its deliveries; `receive` is the system that it delivers to. */
export class SentWebhooks implements SentDeliveries {
  hooks: Hook[] = [appHook];
  /** Hooks that we may not see. */
  problems: string[] = [];
  /** What happened, in order: `list app`, `redeliver guid-1`, `read guid-1`. */
  readonly requests: string[] = [];
  /** What becomes of a redelivery: a status, 202 for one that was taken. */
  onRedelivery: (guid: string) => Promise<number> = async () => 202;
  /** Whether lists go back as far as is wanted. */
  isComplete = true;
  /** Thrown by requests that begin like this. */
  readonly failing = new Map<string, Error>();
  now = () => new Date();
  readonly #sent: { hook: Hook; delivery: SentDelivery; payload: JsonObject }[] = [];

  send(options: SentOptions): void {
    const { at, event = 'push', guid, hook = appHook, ok = false, payload = {} } = options;
    const { statusCode = ok ? 202 : 502 } = options;
    const redelivery = this.#sent.some((sent) => sent.delivery.guid === guid);
    const id = `attempt-${this.#sent.length + 1}`;
    const deliveredAt = at.toISOString();
    const action = null;
    this.#sent.push({
      hook,
      delivery: { id, guid, deliveredAt, ok, statusCode, event, action, redelivery },
      payload,
    });
  }
  async listHooks() {
    this.#note('hooks');
    return { hooks: this.hooks, problems: this.problems };
  }
  async list(hook: Hook, { etag, since }: { since: string; etag: string | null }) {
    this.#note(`list ${nameOf(hook)}`);
    const all = this.#sent.filter((sent) => nameOf(sent.hook) === nameOf(hook));
    const current = `etag-${all.length}`;
    if (etag === current) return 'unchanged' as const;
    const deliveries = all
      .map(({ delivery }) => delivery)
      .filter(({ deliveredAt }) => deliveredAt >= since)
      .toReversed();
    return { deliveries, etag: current, isComplete: this.isComplete };
  }
  async redeliver(hook: Hook, id: string) {
    const { delivery, payload } = this.#find(hook, id);
    const { event, guid } = delivery;
    this.#note(`redeliver ${guid}`);
    const statusCode = await this.onRedelivery(guid);
    this.send({ hook, guid, event, payload, statusCode, ok: statusCode === 202, at: this.now() });
  }
  async getPayload(hook: Hook, id: string) {
    const { delivery, payload } = this.#find(hook, id);
    this.#note(`read ${delivery.guid}`);
    return { event: delivery.event, payload };
  }
  #find(hook: Hook, id: string) {
    const found = this.#sent.find(({ delivery }) => delivery.id === id);
    if (found !== undefined && nameOf(found.hook) === nameOf(hook)) return found;
    throw new UpstreamError('no such delivery', {
      service: 'github',
      status: 404,
      retryable: false,
    });
  }
  #note(request: string): void {
    this.requests.push(request);
    for (const [prefix, error] of this.failing) if (request.startsWith(prefix)) throw error;
  }
}

function nameOf(hook: Hook): string {
  return hook.kind === 'app' ? hook.kind : hook.id;
}
