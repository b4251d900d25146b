/** What Tarjan's algorithm remembers of a node. */
interface Mark {
  /** Order of discovery. */
  order: number;
  /** Earliest node on the stack that this one reaches. */
  low: number;
  onStack: boolean;
}

/**
 * Strongly connected components with at least two nodes: from each node every other one of its
 * component can be reached. Tarjan's algorithm with a stack of its own, since a chain of imports
 * can be longer than the call stack is deep. Takes O(nodes + edges).
 */
export function stronglyConnected(successors: ReadonlyMap<string, readonly string[]>): string[][] {
  const marks = new Map<string, Mark>();
  const components: string[][] = [];
  const open: string[] = [];

  const discover = (node: string) => {
    const mark = { order: marks.size, low: marks.size, onStack: true };
    marks.set(node, mark);
    open.push(node);
    return { node, mark, next: 0 };
  };

  const close = (node: string) => {
    const mark = marks.get(node);
    if (mark) mark.onStack = false;
  };

  for (const start of successors.keys()) {
    if (marks.has(start)) continue;
    const path = [discover(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const successor = successors.get(frame.node)?.[frame.next];
      if (successor !== undefined) {
        frame.next += 1;
        const seen = marks.get(successor);
        if (!seen) path.push(discover(successor));
        else if (seen.onStack) frame.mark.low = Math.min(frame.mark.low, seen.order);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) parent.mark.low = Math.min(parent.mark.low, frame.mark.low);
      if (frame.mark.low === frame.mark.order) {
        const component = open.splice(open.lastIndexOf(frame.node));
        component.forEach(close);
        if (component.length > 1) components.push(component);
      }
    }
  }
  return components;
}
