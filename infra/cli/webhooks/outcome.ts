import { messageOf } from '../../../lib/domain/errors.ts';

/** What came of one webhook. */
export interface WebhookOutcome {
  place: string;
  done: 'created' | 'updated' | 'removed' | 'nothing to do' | 'failed';
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
