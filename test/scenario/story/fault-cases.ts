import type { FaultyAnswer } from '../../support/faulty-answers.ts';
import { randomBy } from '../../support/random-by.ts';

/** An analysis of a component, and what goes wrong around it. */
export interface FaultCase {
  /** Of the component, and of its repository in `acme`. */
  name: string;
  where: 'linear' | 'github' | 'archive';
  answer: FaultyAnswer;
  /** `late`: from when the archive has been asked for; before, all goes well. */
  when: 'now-and-then' | 'always' | 'late';
  /** The request is carried out all the same, and only its answer is lost. Default: false. */
  carriedOut?: boolean;
}

/** Cases that differ in what comes back. @param answers by name of the case */
export function casesOf(
  { carriedOut = false, when, where }: Omit<FaultCase, 'answer' | 'name'>,
  answers: Readonly<Record<string, FaultyAnswer>>,
): FaultCase[] {
  return Object.entries(answers).map(([name, answer]) => ({
    name,
    where,
    when,
    answer,
    carriedOut,
  }));
}

/** Which requests meet the fault of a case. */
export interface Strikes {
  /** Asked once for each request that is about the case. */
  next(): boolean;
  /** How many have met it. */
  count(): number;
}

/** A run that has to go well, as the fault passes, meets it this often at most. */
const mostNowAndThen = 3;
const chanceNowAndThen = 0.4;
/** A case that never met its fault would show nothing. */
const surelyBy = 3;

/** @param isLate whether the archive of the case has been asked for */
export function createStrikes(
  { when }: FaultCase,
  { isLate, seed }: { isLate: () => boolean; seed: number },
): Strikes {
  const random = randomBy(seed);
  let [asked, count] = [0, 0];
  const isStruck = () => {
    asked += 1;
    if (when === 'now-and-then') {
      const isChosen = random() < chanceNowAndThen || (count === 0 && asked >= surelyBy);
      return isChosen && count < mostNowAndThen;
    }
    return when === 'always' || isLate();
  };
  return {
    next() {
      const struck = isStruck();
      if (struck) count += 1;
      return struck;
    },
    count: () => count,
  };
}
