import { plainText } from './plain-text.ts';

/** An object of JSON that came from outside: nothing is known of it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a field; undefined when it is something else. */
export function objectIn(from: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = from?.[name];
  return isJsonObject(value) ? value : undefined;
}

/** The objects of a list in a field; none when it is something else. */
export function objectsIn(from: JsonObject | undefined, name: string): JsonObject[] {
  const value = from?.[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Text in one line, fit to be stored and shown. */
export function cleanText(text: string): string {
  return plainText(text.toWellFormed().replace(/[\t\n]/g, ' '));
}

/** The text in a field, cleaned and cut; null when it is something else or empty. */
export function textIn(
  from: JsonObject | undefined,
  name: string,
  maxLength: number,
): string | null {
  const value = from?.[name];
  if (typeof value !== 'string' || value === '') return null;
  return cleanText(value.slice(0, maxLength).replace(/[\ud800-\udbff]$/, ''));
}

const idPattern = /^[\w.:-]{1,64}$/;

/** A number or id as text; null when it is neither. */
export function idText(value: unknown): string | null {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && idPattern.test(value) ? value : null;
}

/** The web address in a field; null when it is none, is too long or carries credentials. */
export function urlIn(
  from: JsonObject | undefined,
  name: string,
  maxLength: number,
): string | null {
  const value = from?.[name];
  if (typeof value !== 'string' || value.length > maxLength || !URL.canParse(value)) return null;
  const { href, protocol, username, password } = new URL(value);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && `${username}${password}` === '' && href.length <= maxLength ? href : null;
}
