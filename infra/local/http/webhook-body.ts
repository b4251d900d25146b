import type { IncomingMessage } from 'node:http';
import { createSlots } from '../../../lib/domain/slots.ts';
import { createHalfReadBodies, type HalfReadBodies } from './half-read-bodies.ts';

/** Bytes; nearly all deliveries are smaller. */
const largeBody = 262_144;
/** Bytes of bodies in memory above which large ones are read on a few at a time. */
const roomForAll = 200 * 1_048_576;
const largeBodiesAtOnce = 4;

/** Milliseconds. GitHub waits 10 seconds for its answer, Linear 5: nobody needs what takes longer. */
const patience = 10_000;
/** Milliseconds in which something has to come: a sender at work has no such pauses. */
const patienceWithSilence = 2_000;
/** Milliseconds for each further `largeBody` of a large body: it takes room from others. */
const patienceWithLarge = 5_000;

export type BodyOutcome<Result> =
  | { kind: 'done'; result: Result }
  /** The connection is closed. */
  | { kind: 'too-slow' }
  /** The sender has gone in the middle of it. */
  | { kind: 'gone' };

/**
 * Reads the body of a request and gives it to `use`: its bytes, or, where they are more than `maxBytes`, how
 * many there are at least.
 */
export type ReadBody = <Result>(
  incoming: IncomingMessage,
  maxBytes: number,
  use: (body: Buffer | number) => Promise<Result>,
) => Promise<BodyOutcome<Result>>;

/**
 * Reads bodies that nobody has vouched for yet. They must not fill the memory together: once it holds many,
 * large ones are read a few at a time while the others wait half read. Nor may they hold up each other: who
 * does not keep pace loses his connection, and to use up the room one has to send all that.
 */
export function createBodyReader(): ReadBody {
  const inSlot = createSlots(largeBodiesAtOnce);
  const memory = { bytes: 0 };
  const halfRead = createHalfReadBodies();

  return async (incoming, maxBytes, use) => {
    const body = openBody(incoming, maxBytes, { halfRead, memory });
    const late = setTimeout(body.giveUp, patience);
    const useIt = () => {
      clearTimeout(late);
      return use(body.size() > maxBytes ? body.size() : body.bytes());
    };
    const readToTheEnd = async () => {
      await body.readWhile(() => true);
      return useIt();
    };
    try {
      await body.readOn(largeBody);
      await body.readWhile(() => memory.bytes < roomForAll);
      const result = body.isRead() ? await useIt() : await inSlot(readToTheEnd, body.closed);
      return { kind: 'done', result };
    } catch (error) {
      if (!incoming.destroyed) throw error;
      return { kind: body.isGivenUp() ? 'too-slow' : 'gone' };
    } finally {
      clearTimeout(late);
      memory.bytes -= body.size();
    }
  };
}

/** What all bodies share: `memory` counts what is read. */
interface Shared {
  halfRead: HalfReadBodies;
  memory: { bytes: number };
}

function openBody(incoming: IncomingMessage, maxBytes: number, { halfRead, memory }: Shared) {
  const chunks: Buffer[] = [];
  let size = 0;
  let isGivenUp = false;
  const closed = new AbortController();
  incoming.once('close', () => closed.abort());

  const isRead = () => incoming.readableEnded || size > maxBytes;
  const giveUp = () => {
    isGivenUp = true;
    incoming.destroy();
  };
  const self = { giveUp };
  /** Reads at least so many bytes more, or to the end. Throws when the connection ends before. */
  const readOn = async (bytes: number) => {
    const enough = Math.min(size + bytes, maxBytes);
    const silent = setTimeout(giveUp, patienceWithSilence);
    halfRead.progress(self);
    try {
      // Without destroying: the socket is still needed for the answer.
      for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
        chunks.push(chunk);
        size += chunk.length;
        memory.bytes += chunk.length;
        silent.refresh();
        halfRead.progress(self);
        if (size > enough) break;
      }
    } finally {
      clearTimeout(silent);
      halfRead.leave(self);
    }
  };
  const readWhile = async (mayGoOn: () => boolean) => {
    while (!isRead() && mayGoOn()) {
      const slow = setTimeout(giveUp, patienceWithLarge);
      await readOn(largeBody).finally(() => clearTimeout(slow));
    }
  };
  return {
    size: () => size,
    bytes: () => Buffer.concat(chunks, size),
    closed: closed.signal,
    isRead,
    isGivenUp: () => isGivenUp,
    giveUp,
    readOn,
    readWhile,
  };
}
