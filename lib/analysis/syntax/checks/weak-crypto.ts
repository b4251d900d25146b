import type { Severity } from '../../../domain/finding.ts';
import { namesAround } from '../enclosing-names.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { resolvedCalls } from '../resolved-calls.ts';
import { plainString } from '../string-literal.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, hitIn } from './check.ts';

const secretName = new RegExp(
  alternatives(`
    passw(?:or)?d token secret credential nonce salt otp api_?key csrf session_?(?:id|key)
    (?:verification|reset|invite)_?code`),
  'i',
);
const identityName = /(?:^|[\s._])(?:id|uuid|guid)(?=\s|$)|[a-z](?:Id|ID|Uuid|UUID|Guid)(?=\s|$)/;
/** Telling contents apart is no security matter. */
const contentName = new RegExp(
  alternatives(`
    e_?tag check_?sum cache fingerprint dedup content integrity revision version digest bucket
    shard gravatar short hash_?(?:file|key|code) file_?hash`),
  'i',
);

/** MD5 and SHA-1 in TypeScript and JavaScript; how bad depends on what the names say it is for. */
export function checkWeakHash(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    if (call.name !== 'crypto.createHash') return [];
    const algorithm = plainString(call.arguments[0]);
    if (algorithm === null || !/^(?:md[245]|sha-?1)$/i.test(algorithm)) return [];
    const names = namesAround(syntax, call.node);
    const severity = hashSeverity({ algorithm, names, use: call.node.parent?.parent?.text ?? '' });
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'weak-hash',
        severity,
        line: call.node.line,
        message: `${algorithm.toUpperCase()} is broken: collisions can be made at will.`,
      }),
    ];
  });
}

function hashSeverity(hash: { algorithm: string; names: string; use: string }): Severity {
  const { algorithm, names, use } = hash;
  if (secretName.test(names) || /passw(?:or)?d|secret|token/i.test(use)) return 'high';
  const isContent = contentName.test(names) || contentName.test(use);
  return isContent || /^sha/i.test(algorithm) ? 'low' : 'medium';
}

/** `Math.random()` for what others must not guess. */
export function checkInsecureRandom(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    if (call.name !== 'Math.random') return [];
    const names = namesAround(syntax, call.node);
    const isSecret = secretName.test(names);
    if (!isSecret && !identityName.test(names)) return [];
    const use = isSecret ? 'a secret' : 'an identifier';
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'insecure-random',
        severity: isSecret ? 'high' : 'low',
        line: call.node.line,
        message: `\`Math.random\` can be predicted, and this makes ${use} of it.`,
      }),
    ];
  });
}
