import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findImportCycles } from '../../../../lib/analysis/architecture/import-cycles.ts';
import { stronglyConnected } from '../../../../lib/analysis/architecture/strong-components.ts';

type Graph = Map<string, string[]>;

const nodes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const anyGraph = fc
  .array(fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes)), { maxLength: 20 })
  .map((pairs) => {
    const graph: Graph = new Map(nodes.map((node) => [node, []]));
    for (const [from, to] of pairs) if (from !== to) graph.get(from)?.push(to);
    return graph;
  });

/** Every node that can be reached, by plain search. */
function reachable(graph: Graph, start: string): Set<string> {
  const found = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...(graph.get(node) ?? []));
  }
  return found;
}

function normalised(groups: string[][]): string[] {
  return groups.map((group) => group.toSorted().join('')).toSorted();
}

describe('stronglyConnected', () => {
  it('agrees with mutual reachability', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const groups = new Set<string>();
        for (const node of nodes) {
          const forward = reachable(graph, node);
          const mutual = nodes.filter((o) => forward.has(o) && reachable(graph, o).has(node));
          if (mutual.length > 1) groups.add(mutual.toSorted().join(''));
        }
        expect(normalised(stronglyConnected(graph))).toEqual([...groups].toSorted());
      }),
    );
  });

  it('walks a chain that is longer than any call stack', () => {
    const length = 50_000;
    const graph: Graph = new Map();
    for (let i = 0; i < length; i += 1) graph.set(`${i}`, [`${(i + 1) % length}`]);
    expect(stronglyConnected(graph).map((group) => group.length)).toEqual([length]);
  });
});

describe('findImportCycles', () => {
  it('reports closed walks over edges, one for each tangle, that touch a start', () => {
    fc.assert(
      fc.property(anyGraph, fc.subarray(nodes), (graph, starts) => {
        const cycles = findImportCycles(graph, new Set(starts));
        for (const { modules } of cycles) {
          modules.forEach((module, index) => {
            expect(graph.get(module)).toContain(modules[(index + 1) % modules.length]);
          });
          expect(new Set(modules).size).toBe(modules.length);
          expect(modules.some((module) => starts.includes(module))).toBe(true);
        }
        const tangles = stronglyConnected(graph).filter((group) =>
          group.some((node) => starts.includes(node)),
        );
        expect(cycles).toHaveLength(tangles.length);
      }),
    );
  });

  it('picks the shortest cycle of a tangle and tells how large the tangle is', () => {
    const graph: Graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', ['c']],
    ]);
    expect(findImportCycles(graph, new Set(['a', 'b', 'c', 'd']))).toEqual([
      { modules: ['c', 'd'], tangle: 4 },
    ]);
  });
});
