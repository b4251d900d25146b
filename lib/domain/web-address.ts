/** Longer ones are no links for people. */
const mostCharacters = 2_000;

/** An address from outside as a link may have it: http or https, else null. */
export function webAddress(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > mostCharacters) return null;
  if (!URL.canParse(text)) return null;
  const { href, password, protocol, username } = new URL(text);
  const isPlain = username === '' && password === '';
  return isPlain && (protocol === 'https:' || protocol === 'http:') ? href : null;
}
