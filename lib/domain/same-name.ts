/** Whether two names of labels or states mean the same: people write them as they like. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Those of the wanted names that none of what was found bears. */
export function missingNames(
  wanted: readonly (string | null | undefined)[],
  found: readonly { name: string }[],
): string[] {
  const names = wanted.filter((name) => name !== null && name !== undefined);
  return names.filter((name) => !found.some((one) => isSameName(one.name, name)));
}
