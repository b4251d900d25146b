const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/**
 * The key of a blob, the same rule on every host: a name that is safe as a path and in an address.
 * @throws TypeError for a text that is none
 */
export function checkedBlobKey(key: string): string {
  if (!keyPattern.test(key)) throw new TypeError(`Not a blob key: ${key}`);
  return key;
}
