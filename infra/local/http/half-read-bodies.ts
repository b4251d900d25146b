/** A body that has not come to its end, and that can be let go of. */
export interface HalfReadBody {
  giveUp(): void;
}

/**
 * What all of them may take together. Deliveries come in one piece or a few: so many at once are only half
 * read where somebody stalls on purpose.
 */
const room = { bodies: 100 };

/** Who needs room gets it from him who has waited longest without sending anything. */
export interface HalfReadBodies {
  /** Begins or goes on. */
  progress(body: HalfReadBody): void;
  leave(body: HalfReadBody): void;
}

export function createHalfReadBodies(): HalfReadBodies {
  // In the order of their last progress.
  const waiting = new Set<HalfReadBody>();

  return {
    progress: (body) => {
      waiting.delete(body);
      waiting.add(body);
      const [longest] = waiting;
      if (waiting.size <= room.bodies || longest === undefined) return;
      waiting.delete(longest);
      longest.giveUp();
    },
    leave: (body) => void waiting.delete(body),
  };
}
