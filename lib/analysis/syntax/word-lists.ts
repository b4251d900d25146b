/** The words of a text, as alternatives for a regular expression: `a b` gives `a|b`. */
export function alternatives(list: string): string {
  return list.trim().replaceAll(/\s+/g, '|');
}
