import type { WebhookIdentity } from '../../../lib/domain/webhook-addresses.ts';
import { failure, off, problem, warning, type CheckLine } from '../doctor/check-line.ts';
import { listVisible } from './hidden-webhooks.ts';
import { describeLeftOver, sortWebhooks, type OtherWebhook } from './sort-webhooks.ts';

export const area = 'Webhooks';
export const register = 'run cicd webhooks register';
export const undelivered =
  'are host and tunnel (or the stack) up, and is the secret the same? cicd deliveries ls';

export const notRegistered = 'not registered';

export interface Line {
  area: typeof area;
  subject: string;
}

/** How the webhooks of a place are. */
export interface WebhookLines {
  own: CheckLine[];
  /** Of those that lead to other hosts, or to this one at an address before. */
  others: CheckLine[];
}

interface Looking<Webhook> {
  line: Line;
  identity: WebhookIdentity;
  list: () => Promise<Webhook[]>;
  /** How one is that leads here. */
  judge: (webhook: Webhook) => Promise<CheckLine>;
  /** What it means that none of them is ours. Default: none is registered. */
  judgeAbsence?: (webhooks: readonly Webhook[]) => CheckLine;
}

/** Looks at the webhooks of a place. What stands in the way of that is a line as well. */
export async function checkWebhooks<Webhook extends { url: string }>({
  identity,
  judge,
  judgeAbsence = () => problem(line, notRegistered, register),
  line,
  list,
}: Looking<Webhook>): Promise<WebhookLines> {
  try {
    // Who wants no webhooks need not be allowed to see them.
    const webhooks = identity.base === undefined ? await listVisible(list) : await list();
    const { elsewhere, here, others } = sortWebhooks(webhooks, identity);
    const toLine = (other: OtherWebhook) => lineOfOther(line, other);
    if (here.length === 0) {
      // Registering leads those here that have led here before.
      const moving = elsewhere.map(({ url }) => problem(line, `points at ${url}`, register));
      const own = moving.length === 0 ? [judgeAbsence(webhooks)] : moving;
      return { own, others: others.map(toLine) };
    }
    const leftOver = elsewhere.map(({ url }) => describeLeftOver(url, identity));
    return {
      own: await Promise.all(here.map(judge)),
      others: [...leftOver, ...others].map(toLine),
    };
  } catch (error) {
    return { own: [failure(line, error)], others: [] };
  }
}

/** Whether there is no webhook of ours at any of the places. */
export function areAbsent(places: readonly WebhookLines[]): boolean {
  return places.every(({ own }) => own.every(({ detail }) => detail === notRegistered));
}

function lineOfOther(line: Line, { advice, detail }: OtherWebhook): CheckLine {
  return advice === undefined ? off(line, detail) : warning(line, detail, advice);
}
