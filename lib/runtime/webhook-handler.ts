import { isJsonObject, type JsonObject } from '../domain/json-fields.ts';
import type { Bus } from '../ports/bus.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { WebhookSender } from '../ports/webhook-sender.ts';
import type { GatewayEvent, GatewayHandler, GatewayResult } from './gateway-event.ts';
import { createLogger, errorFields } from './logging.ts';
import { countMetric } from './metrics.ts';
import { createRefusalLog } from './refusal-log.ts';
import { refusedByHead } from './webhook-head.ts';
import { webhookRefusals, type WebhookRefusal } from './webhook-refusals.ts';
import { matchSecret, type MatchedSecret } from './webhook-signature.ts';

export interface WebhookServices {
  bus: Bus;
  secrets: SecretStore;
}

interface Refused {
  kind: 'refused';
  reason: WebhookRefusal;
  error?: unknown;
}

type Outcome = { kind: 'accepted'; deliveryId: string } | Refused;

const deliveryIdPattern = /^[A-Za-z0-9._:-]{1,100}$/;
const eventNamePattern = /^\w{1,64}$/;

/**
 * The Lambda handler that takes deliveries of one sender: verify, normalise, publish, answer. It does no
 * other work, and never fails: what goes wrong is an answer that lets the sender try again.
 * @param now milliseconds since the epoch
 */
export function createWebhookHandler(
  sender: WebhookSender,
  services: () => WebhookServices,
  now: () => number = Date.now,
): GatewayHandler {
  const log = createLogger({ source: sender.source });
  const refusals = createRefusalLog(log, now);

  return async (event) => {
    const outcome = await receive({ sender, event, now }, services).catch(notTaken);
    if (outcome.kind === 'accepted') {
      log.debug('Webhook accepted', { deliveryId: outcome.deliveryId });
      return answer(sender.acceptedStatus, outcome);
    }
    const { error, reason } = outcome;
    const [status, advice] = webhookRefusals[reason];
    countMetric('WebhookRefused', { source: sender.source, reason });
    const deliveryId = headerIn(event, sender.headers.deliveryId, deliveryIdPattern);
    const cause = error === undefined ? {} : errorFields(error);
    refusals.write(reason, { deliveryId, ...cause });
    return answer(status, { kind: 'refused', reason: advice });
  };
}

/** A request, to whom it claims to come from, and the clock that it came by. */
interface Request {
  sender: WebhookSender;
  event: GatewayEvent;
  now: () => number;
}

/** The order of the checks is the order of their cost; nothing is parsed before it is verified. */
async function receive(request: Request, services: () => WebhookServices): Promise<Outcome> {
  const { event, sender } = request;
  const refusal = refusedByHead(sender, event);
  if (refusal === 'signature') return refuseUnsigned(sender, services().secrets);
  if (refusal !== undefined) return refused(refusal);
  const body = bodyOf(event);
  if (body.length > sender.maxBodyBytes) return refused('too-large');

  const { bus, secrets } = services();
  const verified = await verify(sender, { event, body }, secrets);
  if (verified.kind === 'refused') return verified;
  countMetric('WebhookVerified', { source: sender.source, secret: verified.secret });
  return publish(request, parseObject(body), bus);
}

async function publish(
  { event, now, sender }: Request,
  payload: JsonObject | undefined,
  bus: Bus,
): Promise<Outcome> {
  if (payload !== undefined && !sender.isFresh(payload, now())) return refused('stale');
  const deliveryId = headerIn(event, sender.headers.deliveryId, deliveryIdPattern);
  const eventName = headerIn(event, sender.headers.eventName, eventNamePattern);
  if (deliveryId === undefined || eventName === undefined) return refused('headers');
  if (payload === undefined) return refused('json');

  const receivedAt = new Date(now()).toISOString();
  try {
    await bus.publish(sender.normalise(payload, { deliveryId, eventName, receivedAt }));
  } catch (error) {
    return { kind: 'refused', reason: 'not-kept', error };
  }
  return { kind: 'accepted', deliveryId };
}

function refused(reason: WebhookRefusal): Refused {
  return { kind: 'refused', reason };
}

function notTaken(error: unknown): Refused {
  return { kind: 'refused', reason: 'not-taken', error };
}

/** Where nobody has set a secret yet, a service does not sign: that is what its owner has to be told. */
async function refuseUnsigned(sender: WebhookSender, secrets: SecretStore): Promise<Refused> {
  const values = await secrets.get(sender.secret);
  return refused(values.length === 0 ? 'no-secret' : 'signature');
}

/**
 * Where the current secret does not fit, a rotation may have begun or ended: the secrets are read anew,
 * once. So a new one is known as soon as it is used, and a previous one is worthless once it is withdrawn.
 */
async function verify(
  sender: WebhookSender,
  { event, body }: { event: GatewayEvent; body: Uint8Array },
  secrets: SecretStore,
): Promise<{ kind: 'verified'; secret: MatchedSecret } | Refused> {
  const signature = event.headers[sender.headers.signature];
  const match = (values: readonly string[]) =>
    matchSecret(body, { signature, prefix: sender.signaturePrefix }, values);
  try {
    let values = await secrets.get(sender.secret);
    let matched = match(values);
    if (matched !== 'current' && (await secrets.refresh())) {
      const before = values;
      values = await secrets.get(sender.secret);
      // A body may have megabytes, and be a stranger's: it is not hashed again for nothing.
      if (!isSame(values, before)) matched = match(values);
    }
    if (matched !== undefined) return { kind: 'verified', secret: matched };
    return refused(values.length === 0 ? 'no-secret' : 'signature');
  } catch (error) {
    return { kind: 'refused', reason: 'secrets-unread', error };
  }
}

function isSame(values: readonly string[], before: readonly string[]): boolean {
  return values.length === before.length && values.every((value, at) => value === before[at]);
}

function bodyOf({ body = '', isBase64Encoded }: GatewayEvent): Buffer {
  if (typeof body !== 'string') return body;
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

function parseObject(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function headerIn(event: GatewayEvent, name: string, pattern: RegExp): string | undefined {
  const value = event.headers[name];
  return value !== undefined && pattern.test(value) ? value : undefined;
}

function answer(statusCode: number, body: unknown): GatewayResult {
  const allow: Record<string, string> = statusCode === 405 ? { allow: 'POST' } : {};
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...allow },
    body: JSON.stringify(body),
  };
}
