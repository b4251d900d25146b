import { stronglyConnected } from './strong-components.ts';

export interface ImportCycle {
  /** Each module imports the next one, the last one the first. */
  modules: string[];
  /** Modules that are tied to each other, this cycle's among them. */
  tangle: number;
}

/**
 * A shortest cycle of each group of modules that import each other, shortest first.
 * @param successors the imports that run when a module is loaded
 * @param starts modules of which at least one must be on a cycle
 */
export function findImportCycles(
  successors: ReadonlyMap<string, readonly string[]>,
  starts: ReadonlySet<string>,
): ImportCycle[] {
  const cycles: ImportCycle[] = [];
  for (const component of stronglyConnected(successors)) {
    const members = new Set(component);
    let shortest: string[] | undefined;
    for (const start of component.filter((node) => starts.has(node)).toSorted()) {
      const cycle = shortestCycleThrough(start, successors, {
        members,
        below: shortest?.length ?? Infinity,
      });
      shortest = cycle ?? shortest;
      if (shortest?.length === 2) break;
    }
    if (shortest) cycles.push({ modules: shortest, tangle: component.length });
  }
  return cycles.toSorted(
    (a, b) => a.modules.length - b.modules.length || compare(a.modules[0], b.modules[0]),
  );
}

/** Breadth first inside `members`; undefined when no cycle is shorter than `below`. */
function shortestCycleThrough(
  start: string,
  successors: ReadonlyMap<string, readonly string[]>,
  { members, below }: { members: ReadonlySet<string>; below: number },
): string[] | undefined {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  let frontier = [start];
  for (let length = 1; frontier.length > 0 && length < below; length += 1) {
    const next: string[] = [];
    for (const node of frontier) {
      for (const successor of successors.get(node) ?? []) {
        if (successor === start) return walkBack(node, cameFrom);
        if (!members.has(successor) || cameFrom.has(successor)) continue;
        cameFrom.set(successor, node);
        next.push(successor);
      }
    }
    frontier = next;
  }
  return undefined;
}

function walkBack(end: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const walk: string[] = [];
  for (let node: string | null = end; node !== null; node = cameFrom.get(node) ?? null) {
    walk.push(node);
  }
  return walk.toReversed();
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}
