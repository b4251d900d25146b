import type { BusEvent, EventSource } from '../domain/event.ts';
import type { JsonObject } from '../domain/json-fields.ts';
import type { SecretName } from '../domain/secret-names.ts';

/** Of a delivery, what its headers and the clock say. */
export interface ReceivedDelivery {
  deliveryId: string;
  /** The event's name in the header, which is not signed. */
  eventName: string;
  /** ISO 8601 UTC */
  receivedAt: string;
}

/** What is special about a service that sends webhooks, all of it pure. */
export interface WebhookSender {
  source: EventSource;
  /** Signs the deliveries. */
  secret: SecretName;
  /** Names of headers, in lower case. */
  headers: { signature: string; deliveryId: string; eventName: string };
  /** Stands before the 64 hex digits of the signature. */
  signaturePrefix: string;
  maxBodyBytes: number;
  /** What the service takes for "received". */
  acceptedStatus: 200 | 202;
  /**
   * Whether a signed payload was sent just now; the others may be recorded ones that are sent again.
   * @param now milliseconds since the epoch
   */
  isFresh(payload: JsonObject, now: number): boolean;
  /** Always a valid event, however odd the payload is. */
  normalise(payload: JsonObject, delivery: ReceivedDelivery): BusEvent;
}
