/** Four times the longest sleep between two looks: a busy machine is late, a sleeping one later. */
const longestGap = 60_000;

/**
 * Tells since when this process has been at work without a gap, in milliseconds since the epoch. While the
 * machine was suspended, or in hours that a clock has jumped over, nothing could move. Each call is a look
 * at the clock; a longer time without one is a gap.
 */
export function createAwakeWatch(now: () => number): () => number {
  let lastLook = now();
  let since = lastLook;
  return () => {
    const gap = now() - lastLook;
    lastLook += gap;
    if (gap > longestGap || gap < 0) since = lastLook;
    return since;
  };
}
