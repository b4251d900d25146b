const closingStates: ReadonlySet<string> = new Set(['completed', 'canceled', 'duplicate']);

/** Whether issues in a state of this type, in Linear's words, are closed. */
export function isClosingState(type: string): boolean {
  return closingStates.has(type);
}
