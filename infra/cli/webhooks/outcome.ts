import { messageOf } from '../../../lib/domain/errors.ts';
import type { OtherAddress } from './other-addresses.ts';

/** What came of one webhook. */
export interface WebhookOutcome {
  place: string;
  done: 'created' | 'updated' | 'removed' | 'nothing to do' | 'other address' | 'failed';
  detail: string;
}

/** One place that refuses does not stop the others. */
export async function orFailed(
  place: string,
  work: () => Promise<WebhookOutcome[]>,
): Promise<WebhookOutcome[]> {
  try {
    return await work();
  } catch (error) {
    return [{ place, done: 'failed', detail: messageOf(error) }];
  }
}

export function tellOther(place: string, { advice, url }: OtherAddress): WebhookOutcome {
  return { place, done: 'other address', detail: `${url} is registered, too; ${advice}` };
}

/** @param removed how many there were with this address */
export function removalOutcome(
  place: string,
  { count, url }: { url: string; count: number },
): WebhookOutcome {
  return count === 0
    ? { place, done: 'nothing to do', detail: `no webhook points at ${url}` }
    : { place, done: 'removed', detail: url };
}
