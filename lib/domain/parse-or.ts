/** What a flow has written: JSON, or text of another serdes, for which `otherwise` stands. */
export function parseOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
