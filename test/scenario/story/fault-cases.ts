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

/** @param isLate whether the archive of the case has been asked for */
export function createStrikes(
  { when }: FaultCase,
  { isLate, seed }: { isLate: () => boolean; seed: number },
): Strikes {
  const random = randomBy(seed);
  let count = 0;
  const isStruck = () => {
    if (when === 'now-and-then') return count < mostNowAndThen && random() < chanceNowAndThen;
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
