/** Which of the rows that wait for a time are asked for. */
export interface DueFilter {
  /** What is due until then, in milliseconds since 1970. */
  now: number;
  only: RunIds | undefined;
  limit: number;
}

/** Only these runs; undefined for all. */
export type RunIds = ReadonlySet<string>;

/** The condition, with its parameters, that a column with the id of a run names one of `only`. */
export function among(column: string, only: RunIds | undefined) {
  if (only === undefined) return { condition: 'TRUE', ids: [] };
  const condition = `${column} IN (SELECT value FROM json_each(?))`;
  return { condition, ids: [JSON.stringify([...only])] };
}
