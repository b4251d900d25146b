/** A body that has not come to its end, and that can be let go of. */
export interface HalfReadBody {
  giveUp(): void;
}

/** Who needs room gets it from him who has waited longest without sending anything. */
export interface HalfReadBodies {
  /** @param size bytes that are there by now; 0 at the beginning */
  progress(body: HalfReadBody, size: number): void;
  leave(body: HalfReadBody): void;
}

/**
 * What all may take together. Deliveries come in one piece or a few, and are hardly ever larger than a
 * megabyte: so many are half read, and so much, only where somebody wants to fill the memory.
 */
const room = { bodies: 100, bytes: 256 * 1_048_576 };

export function createHalfReadBodies(): HalfReadBodies {
  // Sizes, in the order of the last progress.
  const waiting = new Map<HalfReadBody, number>();
  let bytes = 0;

  const leave = (body: HalfReadBody) => {
    bytes -= waiting.get(body) ?? 0;
    waiting.delete(body);
  };
  const isFull = () => waiting.size > room.bodies || bytes > room.bytes;

  return {
    progress: (body, size) => {
      leave(body);
      waiting.set(body, size);
      bytes += size;
      for (const longest of waiting.keys()) {
        if (!isFull()) return;
        leave(longest);
        longest.giveUp();
      }
    },
    leave,
  };
}
