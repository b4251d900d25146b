import { messageOf } from '../../../lib/domain/errors.ts';
import { explainAwsError } from '../stack/explain-aws-error.ts';
import type { OtherWebhook } from './sort-webhooks.ts';

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
    return [{ place, done: 'failed', detail: explainAwsError(error) ?? messageOf(error) }];
  }
}

/** @param before where it has pointed so far; undefined for a new one */
export function registeredOutcome(
  place: string,
  { before, url }: { url: string; before: string | undefined },
): WebhookOutcome {
  if (before === undefined) return { place, done: 'created', detail: url };
  const detail = before === url ? url : `${url} (before: ${before})`;
  return { place, done: 'updated', detail };
}

export function tellOther(place: string, { advice, detail }: OtherWebhook): WebhookOutcome {
  const text = advice === undefined ? detail : `${detail}; ${advice}`;
  return { place, done: 'other address', detail: text };
}

/** @param urls where those that were removed have pointed */
export function removalOutcomes(place: string, urls: readonly string[]): WebhookOutcome[] {
  if (urls.length === 0) {
    return [{ place, done: 'nothing to do', detail: 'no such webhook is registered' }];
  }
  return urls.map((url) => ({ place, done: 'removed', detail: url }));
}
