import { jsonrepair } from 'jsonrepair';

/**
 * Mending takes time that grows with the square of the text where somebody wants it to: a
 * quarter of a second here.
 */
const longestMended = 40_000;

/**
 * Reads JSON as a model may write it: with comments, trailing commas, quotes of another kind or
 * unescaped, or cut off at the end.
 * @returns undefined for what is no JSON and cannot be mended
 */
export function parseLenientJson(text: string): unknown {
  const asItIs = parseJson(text);
  if (asItIs !== undefined || text.length > longestMended) return asItIs;
  try {
    return parseJson(jsonrepair(text));
  } catch {
    // Beyond mending, or nested too deeply.
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
