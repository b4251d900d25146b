import { z } from 'zod';
import { RequestRejectedError } from '../../domain/errors.ts';

const cursorSchema = z.tuple([z.string(), z.string()]);

/** The last item of a page: its place in the list, and its key, as places may be equal. */
interface ListCursor {
  place: string;
  key: string;
}

export function encodeCursor({ key, place }: ListCursor): string {
  return Buffer.from(JSON.stringify([place, key])).toString('base64url');
}

/** @throws RequestRejectedError for a text that is no cursor */
export function decodeCursor(cursor: string): ListCursor {
  try {
    const [place, key] = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return { place, key };
  } catch {
    throw new RequestRejectedError('invalid', 'The cursor is none that an answer has given.');
  }
}
