import type { Hit } from '../rule.ts';

/** From this many files on, a signature is an agreement and not a choice. */
const filesOfAnAgreement = 3;

/**
 * Drops unused parameters of functions that have one name in several files: visitors, plug-ins and
 * handlers keep a signature that some of them do not need. Takes the hits of a whole analysis.
 */
export function withoutSharedSignatures(hits: readonly Hit[]): Hit[] {
  const unused = hits.filter(({ rule }) => rule === 'unused-parameter');
  const byOwner = Map.groupBy(unused, ownerOf);
  return hits.filter((hit) => {
    if (hit.rule !== 'unused-parameter') return true;
    const paths = new Set(byOwner.get(ownerOf(hit))?.map(({ path }) => path));
    return paths.size < filesOfAnAgreement;
  });
}

/** The message begins with the function's name. */
function ownerOf({ message }: Hit): string {
  return message.slice(0, message.indexOf(' takes '));
}
