import type { IncomingMessage } from 'node:http';
import { createHalfReadBodies, type HalfReadBodies } from './half-read-bodies.ts';

/** Milliseconds. GitHub waits 10 seconds for its answer, Linear 5: nobody needs what takes longer. */
const patience = 10_000;
/** Milliseconds in which something has to come: a sender at work has no such pauses. */
const patienceWithSilence = 2_000;

export type BodyOutcome =
  /** Its bytes, or, where they are more than wanted, how many there are at least. */
  | { kind: 'read'; body: Buffer | number }
  /** The connection is closed: it took too long, or others needed the room. */
  | { kind: 'too-slow' }
  /** The sender has gone in the middle of it. */
  | { kind: 'gone' };

/** Reads the body of a request, but no more of it than one piece beyond `maxBytes`. */
export type ReadBody = (incoming: IncomingMessage, maxBytes: number) => Promise<BodyOutcome>;

/**
 * Reads bodies that nobody has vouched for yet. They must not fill the memory together, nor may one wait for
 * another: who does not keep pace loses his connection, so that to take room from others one has to send
 * more than they do.
 */
export function createBodyReader(): ReadBody {
  const halfRead = createHalfReadBodies();

  return async (incoming, maxBytes) => {
    let isGivenUp = false;
    const giveUp = () => {
      isGivenUp = true;
      incoming.destroy();
    };
    const late = setTimeout(giveUp, patience);
    try {
      const body = await readPieces({ incoming, maxBytes, giveUp }, halfRead);
      return { kind: 'read', body };
    } catch (error) {
      if (!incoming.destroyed) throw error;
      return { kind: isGivenUp ? 'too-slow' : 'gone' };
    } finally {
      clearTimeout(late);
    }
  };
}

interface Reading {
  incoming: IncomingMessage;
  maxBytes: number;
  giveUp: () => void;
}

/** @throws when the connection ends before the body does */
async function readPieces(
  { giveUp, incoming, maxBytes }: Reading,
  halfRead: HalfReadBodies,
): Promise<Buffer | number> {
  const pieces: Buffer[] = [];
  let size = 0;
  const self = { giveUp };
  const silent = setTimeout(giveUp, patienceWithSilence);
  halfRead.progress(self, size);
  try {
    // Without destroying: the socket is still needed for the answer.
    for await (const piece of incoming.iterator({ destroyOnReturn: false })) {
      size += piece.length;
      if (size > maxBytes) return size;
      pieces.push(piece);
      silent.refresh();
      halfRead.progress(self, size);
    }
    return Buffer.concat(pieces, size);
  } finally {
    clearTimeout(silent);
    halfRead.leave(self);
  }
}
