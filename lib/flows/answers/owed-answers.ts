/** Answers that no living run will write: their run is over, and the place says otherwise. */
export interface OwedAnswers {
  /** Oldest first. Changes nothing. */
  listOwed(): Promise<{ id: string }[]>;
  /**
   * Writes one; without effect on one that has been written meanwhile. It is owed no longer when it stands,
   * and when it can never stand.
   * @throws UpstreamError while it may still go well
   */
  settle(id: string): Promise<void>;
}
