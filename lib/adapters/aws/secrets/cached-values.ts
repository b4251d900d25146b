import type { SecretName } from '../../../domain/secret-names.ts';
import { createLogger, errorFields } from '../../../runtime/logging.ts';

/** Milliseconds. */
const limits = {
  /** When values are read anew, while the known ones are in use. */
  refreshAge: 5 * 60_000,
  /** Older values are not used before that was tried: a function may have slept since. */
  maxAge: 15 * 60_000,
  /** Nobody should wait for long until a secret that was just set is known. */
  refreshAgeOfNone: 10_000,
  afterFailure: 10_000,
};

type Values = readonly string[];

export interface CachedValues {
  /** @throws UpstreamError when they were never read and cannot be read now */
  get(): Promise<Values>;
  /** Reads them as they are from now on. @returns false when that failed */
  readAnew(): Promise<boolean>;
}

/**
 * The values of one secret, read one at a time. Where they cannot be read anew the known ones stay in use,
 * and that is logged once until it works again.
 * @param read all live values, the current one first; throws UpstreamError
 * @param now milliseconds since the epoch
 */
export function createCachedValues(
  name: SecretName,
  read: () => Promise<Values>,
  now: () => number,
): CachedValues {
  const log = createLogger({ secret: name });
  let known: { values: Values; readAt: number } | undefined;
  let dueAt = 0;
  let reading: Promise<Values> | undefined;
  let isFailing = false;

  const readOnce = async (): Promise<Values> => {
    const readAt = now();
    try {
      const values = await read();
      known = { values, readAt };
      dueAt = readAt + (values.length === 0 ? limits.refreshAgeOfNone : limits.refreshAge);
      isFailing = false;
      return values;
    } catch (error) {
      dueAt = now() + limits.afterFailure;
      // Without a known value the error is the caller's to tell.
      if (known !== undefined && !isFailing) {
        log.warn('A secret cannot be read anew, its known value stays in use', errorFields(error));
      }
      isFailing = true;
      throw error;
    } finally {
      reading = undefined;
    }
  };
  const readShared = (): Promise<Values> => (reading ??= readOnce());
  const succeeds = (attempt: Promise<Values>): Promise<boolean> =>
    attempt.then(
      () => true,
      () => false,
    );

  return {
    async get() {
      if (known === undefined) {
        // A reading that began while the function started may have been frozen with it.
        return reading === undefined ? readShared() : reading.catch(readShared);
      }
      if (now() < dueAt) return known.values;
      const wasUnderWay = reading !== undefined;
      const attempt = succeeds(readShared());
      if (now() - known.readAt < limits.maxAge) return known.values;
      // One that began before the process was frozen has run out of time with it.
      if (!(await attempt) && wasUnderWay) await succeeds(readShared());
      return known.values;
    },

    async readAnew() {
      // What is being read may be from before the change that the caller is after.
      if (reading !== undefined) await succeeds(reading);
      return succeeds(readShared());
    },
  };
}
