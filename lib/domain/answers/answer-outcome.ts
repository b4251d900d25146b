import { describePlace, type Place } from './place.ts';

/** What came of an answer at one place. */
export interface AnswerOutcome {
  /** `ENG-7`, for people. */
  place: string;
  /** `owed`: written later, if it can be; `superseded`: a newer run answers there. */
  state: 'shown' | 'owed' | 'superseded';
  /** Why it does not stand, or not all of it. */
  why?: string;
}

export function tellOutcome(
  place: Place,
  state: AnswerOutcome['state'],
  why?: string,
): AnswerOutcome {
  return { place: describePlace(place), state, ...(why !== undefined && { why }) };
}
