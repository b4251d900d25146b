import type { Hit } from '../rule.ts';

/** From this many places on, a signature is an agreement and not a choice. */
const placesOfAnAgreement = 3;

/**
 * Drops unused parameters that functions of the same name have in several places: visitors, plug-ins and
 * handlers keep a signature that some of them do not need. Takes the hits of a whole analysis.
 */
export function withoutSharedSignatures(hits: readonly Hit[]): Hit[] {
  const unused = hits.filter(({ rule }) => rule === 'unused-parameter');
  // The message names function and parameter, and nothing of the place.
  const places = Map.groupBy(unused, ({ message }) => message);
  return hits.filter(
    ({ rule, message }) =>
      rule !== 'unused-parameter' || (places.get(message)?.length ?? 0) < placesOfAnAgreement,
  );
}
