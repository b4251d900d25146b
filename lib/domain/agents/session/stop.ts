/** What somebody, or something, has said in a session. Its text comes from outside. */
interface Said {
  id: string;
  body: string;
  isStop: boolean;
  isByPerson: boolean;
}

/** The signal is Linear's own; the word is what people write who do not know of it. */
export function asksToStop({ body, isStop }: Pick<Said, 'body' | 'isStop'>): boolean {
  return isStop || /^\W*(?:stop|cancel|abort)\W*$/i.test(body);
}

/** A stop may be told of hours late: what was asked for after it goes on. Times are ISO 8601 UTC. */
export function endsWhatWasAsked(stop: { saidAt: string }, asked: { saidAt: string }): boolean {
  return Date.parse(asked.saidAt) <= Date.parse(stop.saidAt);
}

/**
 * Whether a person has asked to stop after that was said. Its event may come hours later, and is not to start again
 * what the stop has ended.
 * @param prompts oldest first
 * @param said id of one of them; null for how the session was begun
 */
export function isStoppedSince(prompts: readonly Said[], said: string | null): boolean {
  const later = prompts.slice(prompts.findIndex(({ id }) => id === said) + 1);
  return later.some((prompt) => prompt.isByPerson && asksToStop(prompt));
}
