/** Answers that were begun and not ended: the run that owed them is over, the place says otherwise. */
export interface OwedAnswers {
  /** Oldest first. Changes nothing. */
  listOwed(): Promise<{ id: string }[]>;
  /** Ends one; without effect on one that has ended meanwhile. */
  settle(id: string): Promise<void>;
}
