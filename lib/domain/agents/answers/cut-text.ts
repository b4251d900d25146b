import { oneLineText, plainText, shorten } from '../../plain-text.ts';

/** So much is looked at for each character that is kept: text from outside has any length. */
const readFor = 4;

/** Text from outside on one line, of so many characters at most. */
export function cutLine(text: string, characters: number): string {
  return shorten(oneLineText(beginning(text, characters)), characters);
}

/** The same with its paragraphs and lines. */
export function cutText(text: string, characters: number): string {
  const lines = beginning(text, characters).replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const paragraphs = plainText(lines)
    .trim()
    .replace(/\n{3,}/g, '\n\n');
  return shorten(paragraphs, characters);
}

function beginning(text: string, characters: number): string {
  return text.slice(0, characters * readFor).toWellFormed();
}
