import type { GithubClient } from './client.ts';
import { passing } from './failures.ts';
import { requestIfChanged, type Question } from './request.ts';

/** Asks, and remembers what it was told: what has not changed costs nothing the next time. */
export type ConditionalReader<Data> = (
  client: GithubClient,
  question: Question<Data>,
) => Promise<Data>;

/** Remembers as many answers as there are different questions. */
export function createConditionalReader<Data>(): ConditionalReader<Data> {
  const answers = new Map<string, { data: Data; etag: string }>();
  return async (client, question) => {
    const key = JSON.stringify([question.route, question.parameters]);
    const before = answers.get(key);
    const answer = await requestIfChanged(client, question, before?.etag ?? null);
    if (answer === 'unchanged') {
      if (before !== undefined) return before.data;
      throw passing(`GitHub tells of ${question.subject} only that nothing has changed.`);
    }
    const { data, etag } = answer;
    if (etag !== null) answers.set(key, { data, etag });
    return data;
  };
}
