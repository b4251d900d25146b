import { z } from 'zod';
import type { Store } from '../../../ports/store.ts';
import { stableId } from '../../../runtime/stable-id.ts';
import type { GithubClient } from '../access/client.ts';
import { passing } from './failures.ts';
import { recall, remember } from './remembered.ts';
import { requestIfChanged, type Question } from './request.ts';

/**
 * Asks, and remembers what it was told: what has not changed costs nothing the next time. The schema has to
 * take what it has made.
 */
export type ConditionalReader = <Data>(
  client: GithubClient,
  question: Question<Data>,
) => Promise<Data>;

/** Longer than anybody leaves a question unasked that is asked at every tick. */
const keptMs = 30 * 24 * 3_600_000;

/**
 * Remembers as many answers as there are different questions, for other processes as well. With another token
 * an answer costs as much as the first one: GitHub's etags are each for one token, and those of an App's
 * installations last an hour.
 * @param how `variant`: where it differs, nothing that was told before counts
 * @see https://github.com/github/docs/issues/34689
 */
export function createConditionalReader(
  store: Store,
  { now, variant }: { now: () => number; variant: string },
): ConditionalReader {
  return async (client, question) => {
    const { parameters, route, schema, subject } = question;
    const key = `answer:${stableId(variant, route, JSON.stringify(parameters))}`;
    const before = await recall(store, key, z.object({ data: schema, etag: z.string() }));
    const answer = await requestIfChanged(client, question, before?.etag ?? null);
    if (answer === 'unchanged') {
      if (before !== undefined) return before.data;
      throw passing(`GitHub tells of ${subject} only that nothing has changed.`);
    }
    const { data, etag } = answer;
    if (etag !== null) {
      await remember(store, { key, value: { data, etag }, expiresAt: now() + keptMs });
    }
    return data;
  };
}
