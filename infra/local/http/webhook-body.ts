import type { IncomingMessage } from 'node:http';
import { createSlots } from '../../../lib/domain/slots.ts';

/** Bytes; nearly all deliveries are smaller. */
const largeBody = 262_144;
const largeBodiesAtOnce = 4;

/** Milliseconds. GitHub waits 10 seconds for its answer, Linear 5: nobody needs what takes longer. */
const patience = 10_000;
/** Milliseconds for each further `largeBody` of a large body, as others wait for the same place. */
const patienceInSlot = 2_000;

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
 * Reads bodies that nobody has vouched for yet, and that together could fill the memory: large ones a few at
 * a time, while the others wait half read. Who does not keep pace loses his place and his connection.
 */
export function createBodyReader(): ReadBody {
  const inSlot = createSlots(largeBodiesAtOnce);

  return async (incoming, maxBytes, use) => {
    const body = openBody(incoming);
    const late = setTimeout(body.giveUp, patience);
    const useIt = async () => {
      clearTimeout(late);
      return use(body.size() > maxBytes ? body.size() : body.bytes());
    };
    const readToTheEnd = async () => {
      while (!incoming.readableEnded && body.size() <= maxBytes) {
        const slow = setTimeout(body.giveUp, patienceInSlot);
        await body.readOn(Math.min(body.size() + largeBody, maxBytes));
        clearTimeout(slow);
      }
      return useIt();
    };
    try {
      await body.readOn(Math.min(largeBody, maxBytes));
      const isSmall = incoming.readableEnded || body.size() > maxBytes;
      const result = isSmall ? await useIt() : await inSlot(readToTheEnd, body.closed);
      return { kind: 'done', result };
    } catch (error) {
      if (!incoming.destroyed) throw error;
      return { kind: body.isGivenUp() ? 'too-slow' : 'gone' };
    } finally {
      clearTimeout(late);
    }
  };
}

function openBody(incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  let size = 0;
  let isGivenUp = false;
  const closed = new AbortController();
  incoming.once('close', () => closed.abort());

  return {
    size: () => size,
    bytes: () => Buffer.concat(chunks, size),
    closed: closed.signal,
    isGivenUp: () => isGivenUp,
    giveUp: () => {
      isGivenUp = true;
      incoming.destroy();
    },
    /** Reads until more than `upTo` bytes are there, or all. Throws when the connection ends before. */
    readOn: async (upTo: number) => {
      // Without destroying: the socket is still needed for the answer.
      for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > upTo) break;
      }
    },
  };
}
