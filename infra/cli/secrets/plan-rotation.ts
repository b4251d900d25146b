import { isRotating, type SecretVersions } from './secret-versions.ts';

/** What `cicd secrets rotate` has to do, by what is there. */
export type RotationPlan =
  /** There is no value yet: nobody signs with one. */
  | { kind: 'first' }
  /** A new value, and the sender gets it. */
  | { kind: 'begin' }
  /** A rotation before this one has not come to its end: the sender gets the value that there is. */
  | { kind: 'finish' }
  | { kind: 'refuse'; reason: string };

/** Functions keep what they have read for minutes; deliveries are on their way. */
const settlingMs = 10 * 60_000;

/**
 * A value is live as long as it is the current or the previous one, so that two rotations in a row would make
 * the one invalid that the sender still signs with.
 * @param options `now` in milliseconds since the epoch; `force` begins a new rotation whatever there is
 */
export function planRotation(
  versions: SecretVersions,
  { force, now }: { now: number; force: boolean },
): RotationPlan {
  const { current, previous } = versions;
  if (current === undefined) return { kind: 'first' };
  if (force) return { kind: 'begin' };
  if (isRotating(versions)) return { kind: 'finish' };
  const ageMs = now - current.madeAt;
  if (previous !== undefined && ageMs < settlingMs) {
    const minutes = Math.ceil((settlingMs - ageMs) / 60_000);
    const reason =
      'The value was changed less than 10 minutes ago, and the one before may still be on its way. ' +
      `Try again in ${minutes} min; --force does it now, and drops the value before.`;
    return { kind: 'refuse', reason };
  }
  return { kind: 'begin' };
}
