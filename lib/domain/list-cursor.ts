import { z } from 'zod';
import { RequestRejectedError } from './errors.ts';

/** The last item of a page: its place in the list, and its key, as places may be equal. */
export interface ListPosition {
  place: string;
  key: string;
}

/** What a cursor goes on with: the same list, the same way. */
interface CursorQuery {
  /** Default: by key. */
  index?: string;
  prefix?: string;
  descending?: boolean;
}

const cursorSchema = z.tuple([z.string(), z.string(), z.string()]);

export function encodeCursor(query: CursorQuery, { key, place }: ListPosition): string {
  return Buffer.from(JSON.stringify([wayOf(query), place, key])).toString('base64url');
}

/** @throws RequestRejectedError for a text that is no cursor of this query */
export function decodeCursor(query: CursorQuery, cursor: string): ListPosition {
  const position = positionIn(query, cursor);
  if (position !== undefined) return position;
  throw new RequestRejectedError('invalid', 'The cursor is none that an answer has given.');
}

function positionIn(query: CursorQuery, cursor: string): ListPosition | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [way, place, key] = cursorSchema.parse(json);
    const byKey = query.index === undefined;
    const fits =
      way === wayOf(query) && key.startsWith(query.prefix ?? '') && (!byKey || place === key);
    return fits ? { place, key } : undefined;
  } catch {
    return undefined;
  }
}

function wayOf({ descending = false, index = 'key' }: CursorQuery): string {
  return `${index} ${descending ? 'down' : 'up'}`;
}
