import type { StoredOperation } from './operation-storage.ts';

/**
 * The operations that a replay needs: those inside a finished context are dropped, since its own
 * result stands for them, unless it asked for its children (its result was too large).
 * `operations` in the order in which they began, so that every parent precedes its children.
 */
export function visibleOperations(operations: readonly StoredOperation[]): StoredOperation[] {
  const closed = new Set<string>();
  return operations.filter((operation) => {
    const hidden = operation.ParentId !== undefined && closed.has(operation.ParentId);
    if (hidden || isClosedContext(operation)) closed.add(operation.Id);
    return !hidden;
  });
}

function isClosedContext({ Type, Status, ContextDetails }: StoredOperation): boolean {
  const ended = Status === 'SUCCEEDED' || Status === 'FAILED';
  return Type === 'CONTEXT' && ended && ContextDetails?.ReplayChildren !== true;
}
