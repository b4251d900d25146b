/**
 * Slots of named pools, each held for a time at most: how many do something at once where no host counts
 * them. All methods throw UpstreamError when the slots cannot be read or written.
 */
export interface Leases {
  /**
   * Takes a slot, or holds the one it has for longer.
   * @param lease `limit`: holders at a time, at most; `ttlMs`: milliseconds from now after which the slot
   * is free again, released or not
   * @returns false when all slots are taken
   */
  acquire(pool: string, lease: { holder: string; limit: number; ttlMs: number }): Promise<boolean>;
  /** Without effect when the holder has none. */
  release(pool: string, holder: string): Promise<void>;
}
