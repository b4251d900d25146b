/** Days for which the blobs of runs are kept, by their folder; reports are kept as long as the configuration says. */
export const blobRetentionDays = {
  /** Tasks of a run hand these on; nobody reads them after its end. */
  work: 2,
  /** Pointers from a component to its last report, which the next one is compared with. */
  latest: 90,
} as const;
