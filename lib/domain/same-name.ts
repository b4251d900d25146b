/** Whether two names of labels or states mean the same: people write them as they like. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
