/** Most milliseconds before the second attempt; before the third it is twice as many. */
const firstPauseMs = 100;

/** Full jitter: those who were refused together do not come back together. @param made attempts so far */
export function backoffMs(made: number): number {
  return Math.random() * firstPauseMs * 2 ** (made - 1);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
