import { answerMarkers, beginWords, endWords } from '../prompts/answer-format.ts';

/** A longer one is no answer to what was asked. */
const longestAnswer = 1_000_000;

/** Of each kind: an agent that talks on may have quoted what stood between other markers. */
const mostTries = 3;

/** A mark copied wrongly, and what Markdown puts around JSON. */
const beforeJson = /^[ \t]?[\w-]{0,40}["'*`:\s]{0,40}(?:json\b)?\s{0,40}/i;

/**
 * The parts of a text that may be the answer, the likeliest first: between our markers, between
 * markers with another mark, where an object or a list begins at the start of a line. In each the
 * last stands first. The text may have any length, and no part is longer than a million characters.
 * @param mark of the prompt that was answered
 */
export function answerCandidates(text: string, mark: string): string[] {
  const exact = answerMarkers(mark);
  const parts = [
    ...partsBetween(text, exact),
    ...partsBetween(text, { begin: beginWords, end: endWords }),
    ...partsAtLineStart(text),
  ];
  return [...new Set(parts.map(trimToJson).filter((part) => part !== ''))];
}

/**
 * The last parts between two markers; an answer that was cut off has no end, and goes up to that of
 * the text.
 */
function partsBetween(text: string, { begin, end }: { begin: string; end: string }): string[] {
  const parts: string[] = [];
  let at = text.lastIndexOf(begin);
  while (at !== -1 && parts.length < mostTries) {
    const from = at + begin.length;
    const window = text.slice(from, from + longestAnswer);
    const to = window.indexOf(end);
    parts.push(to === -1 ? window : window.slice(0, to));
    at = at === 0 ? -1 : text.lastIndexOf(begin, at - 1);
  }
  return parts;
}

/** For agents that have forgotten the markers. */
function partsAtLineStart(text: string): string[] {
  const end = `\n${text.slice(-longestAnswer)}`;
  const starts = ['\n{', '\n['].flatMap((opening) => lastPlaces(end, opening));
  return starts.toSorted((a, b) => b - a).map((start) => end.slice(start + 1));
}

function lastPlaces(text: string, word: string): number[] {
  const places: number[] = [];
  let at = text.lastIndexOf(word);
  while (at !== -1 && places.length < mostTries) {
    places.push(at);
    at = at === 0 ? -1 : text.lastIndexOf(word, at - 1);
  }
  return places;
}

/** From the first bracket to the last; empty where something else than JSON begins. */
function trimToJson(part: string): string {
  const start = part.replace(beforeJson, '');
  const opening = start.at(0);
  if (opening !== '{' && opening !== '[') return '';
  const last = start.lastIndexOf(opening === '{' ? '}' : ']');
  return last === -1 ? start : start.slice(0, last + 1);
}
