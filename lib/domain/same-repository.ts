/** GitHub keeps the case in which a name was written first, and takes every other. */
export function isSameRepository(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
