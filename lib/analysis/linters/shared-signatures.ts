import type { Hit } from '../rule.ts';

/** From this many files, or functions of one file, on a signature is an agreement and not a choice. */
const partnersOfAnAgreement = 3;

/**
 * Drops unused parameters of functions that have one name in several files, and those that several
 * functions of one file take in vain: visitors, plug-ins, hooks and handlers keep a signature that some
 * of them do not need. Takes the hits of a whole analysis.
 */
export function withoutSharedSignatures(hits: readonly Hit[]): Hit[] {
  const unused = hits.filter(({ rule }) => rule === 'unused-parameter');
  const byOwner = Map.groupBy(unused, ownerOf);
  const byParameter = Map.groupBy(unused, parameterOf);
  return hits.filter((hit) => {
    if (hit.rule !== 'unused-parameter') return true;
    const paths = new Set(byOwner.get(ownerOf(hit))?.map(({ path }) => path));
    const owners = new Set(byParameter.get(parameterOf(hit))?.map(ownerOf));
    return Math.max(paths.size, owners.size) < partnersOfAnAgreement;
  });
}

/** The message begins with the function's name. */
function ownerOf({ message }: Hit): string {
  return message.slice(0, message.indexOf(' takes '));
}

/** The parameter's name with the file. */
function parameterOf({ path, symbol, message }: Hit): string {
  return `${path}\n${symbol ?? message}`;
}
