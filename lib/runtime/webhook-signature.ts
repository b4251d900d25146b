import { createHmac, timingSafeEqual } from 'node:crypto';

/** During a rotation deliveries may be signed with either. */
export type MatchedSecret = 'current' | 'previous';

const hexDigits = /^[0-9a-f]{64}$/;

/**
 * The secret that an HMAC-SHA256 of the raw body was made with; undefined when it was none of them.
 * All of them are tried whichever fits, so that the time tells nothing.
 * @param signature as the header has it: `prefix` and 64 hex digits in lower case
 * @param secrets the current one first
 */
export function matchSecret(
  body: Uint8Array,
  { signature, prefix }: { signature: string | undefined; prefix: string },
  secrets: readonly string[],
): MatchedSecret | undefined {
  if (!isSignature(signature, prefix) || body.length === 0) return undefined;
  const given = Buffer.from(signature.slice(prefix.length));
  const fits = secrets.map((secret) => {
    const expected = createHmac('sha256', secret).update(body).digest('hex');
    return timingSafeEqual(given, Buffer.from(expected));
  });
  const index = fits.indexOf(true);
  if (index === -1) return undefined;
  return index === 0 ? 'current' : 'previous';
}

/** Tells what could be a signature from what never is one. */
export function isSignature(signature: string | undefined, prefix: string): signature is string {
  if (signature?.startsWith(prefix) !== true) return false;
  return hexDigits.test(signature.slice(prefix.length));
}
