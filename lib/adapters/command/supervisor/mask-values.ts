/** Takes text as it comes, in pieces. */
export interface Masked {
  /** @returns what can be shown by now: an end in which a value may begin is held back until more has come */
  add(text: string): string;
  /** @returns what was held back */
  end(): string;
}

/** Shorter values are found in ordinary words, and are no secrets. */
const shortestValue = 8;

/**
 * Puts the names of variables in the place of their values: what an agent prints goes into reports.
 * @param names of the variables, of which some may not be set
 */
export function maskValues(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): () => Masked {
  const hidden = names
    .flatMap((name) => spellingsOf(environment[name] ?? '').map((value) => ({ name, value })))
    .filter(({ value }) => value.length >= shortestValue)
    // One may be part of another.
    .toSorted((one, other) => other.value.length - one.value.length);
  const mask = (text: string): string =>
    hidden.reduce((masked, { name, value }) => masked.replaceAll(value, () => `[${name}]`), text);
  const openEnd = (text: string): number =>
    Math.max(0, ...hidden.map(({ value }) => lengthOfBeginning(value, text)));

  return () => {
    let held = '';
    return {
      add: (text) => {
        const masked = mask(held + text);
        const shown = masked.length - openEnd(masked);
        held = masked.slice(shown);
        return masked.slice(0, shown);
      },
      end: () => held,
    };
  };
}

/** As it is, and as it stands in JSON, which many agents print. */
function spellingsOf(value: string): string[] {
  return [...new Set([value, JSON.stringify(value).slice(1, -1)])];
}

/** How much of the beginning of a value, but not all of it, stands at the end of a text. */
function lengthOfBeginning(value: string, text: string): number {
  for (let length = Math.min(value.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}
