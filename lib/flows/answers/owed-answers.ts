/** Answers that no living run will write: their run is over, and the place says otherwise. */
export interface OwedAnswers {
  /** Oldest first, without those that wait for credentials or were refused just now. Changes nothing. */
  listOwed(): Promise<{ id: string }[]>;
  /**
   * Writes one; without effect on one that has been written meanwhile. One that the place refuses stays owed
   * and is tried hourly; after three days it is given up.
   * @throws UpstreamError when the place cannot be reached, or does not accept the credentials
   */
  settle(id: string): Promise<void>;
}
