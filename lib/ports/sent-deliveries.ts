import type { JsonObject } from '../domain/json-fields.ts';

/** What a sender of webhooks knows of its own deliveries, as far as it can be asked. GitHub here. */
export interface SentDeliveries {
  /**
   * The webhooks that point at this system: of the App where one is set up, else of organisations and
   * repositories. Those that we may not see are left out, and named.
   */
  listHooks(): Promise<{ hooks: Hook[]; problems: string[] }>;
  /**
   * What the hook has sent, newest first, back to `since` or to where the service forgets (3 days). Of a
   * hook that sends a lot, older deliveries may be those alone that the service counts as failed.
   * @param query `etag` of the answer before: `unchanged` costs nothing then
   * @returns not complete where listing all of that takes too long
   */
  list(
    hook: Hook,
    query: { since: string; etag: string | null },
  ): Promise<
    'unchanged' | { deliveries: SentDelivery[]; etag: string | null; isComplete: boolean }
  >;
  /** Has it sent once more, under the same `guid`. */
  redeliver(hook: Hook, id: string): Promise<void>;
  /** What was sent, for where it cannot be delivered. */
  getPayload(hook: Hook, id: string): Promise<SentPayload>;
}

export type Hook =
  | { kind: 'app' }
  | { kind: 'organisation'; organisation: string; id: string }
  | { kind: 'repository'; repository: string; id: string };

/** One attempt to deliver. */
export interface SentDelivery {
  /** Of this attempt. */
  id: string;
  /** The same for all attempts: `X-GitHub-Delivery`. */
  guid: string;
  /** ISO 8601 UTC */
  deliveredAt: string;
  ok: boolean;
  /** 0 where nobody answered. */
  statusCode: number;
  event: string;
  action: string | null;
  redelivery: boolean;
}

export interface SentPayload {
  /** `push` */
  event: string;
  payload: JsonObject;
}
