import { describe, expect, test } from 'vitest';
import { drawModules } from '../../../lib/domain/module-diagram.ts';
import type { Module, ModuleGraph } from '../../../lib/domain/report.ts';

function graphOf(edges: [from: string, to: string][], modules: string[]): ModuleGraph {
  return {
    modules: modules.map((path): Module => ({
      path,
      language: 'typescript',
      lines: 10,
      fanIn: 0,
      fanOut: 0,
      instability: null,
      exports: 0,
      functions: 0,
      maxComplexity: 0,
    })),
    edges: edges.map(([from, to]) => ({ from, to, typeOnly: false })),
    cycles: [],
    publicInterface: [],
  };
}

describe('drawModules', () => {
  test('draws each module of a small component', () => {
    const diagram = drawModules(graphOf([['a.ts', 'b.ts']], ['a.ts', 'b.ts']));
    expect(diagram.byFolder).toBe(false);
    expect(diagram.nodes.map(({ label }) => label)).toEqual(['a.ts', 'b.ts']);
    expect(diagram.edges).toEqual([{ from: 'm0', to: 'm1', imports: 1, cyclic: false }]);
  });

  test('draws folders where the modules are too many to read', () => {
    const modules = Array.from({ length: 60 }, (_, index) => `src/part-${index % 4}/m${index}.ts`);
    const edges = modules
      .slice(4)
      .map((path, index): [string, string] => [path, `src/part-${index % 4}/m${index}.ts`]);
    const diagram = drawModules(graphOf(edges, modules));
    expect(diagram.byFolder).toBe(true);
    expect(diagram.nodes.map(({ label, modules: count }) => [label, count])).toEqual([
      ['src/part-0', 15],
      ['src/part-1', 15],
      ['src/part-2', 15],
      ['src/part-3', 15],
    ]);
    // Imports within a folder are no arrows.
    expect(diagram.edges).toEqual([]);
  });

  test('joins what lies outside by folders, apart from what lies inside', () => {
    const edges: [string, string][] = [
      ['lib/a.ts', 'shared/log/log.ts'],
      ['lib/a.ts', 'shared/log/level.ts'],
    ];
    const diagram = drawModules(graphOf(edges, ['lib/a.ts']));
    expect(diagram.nodes).toContainEqual(
      expect.objectContaining({ label: 'shared/log/…', outside: true, modules: 0 }),
    );
    expect(diagram.edges).toEqual([{ from: 'm0', to: 'm1', imports: 2, cyclic: false }]);
  });

  test('marks the arrows of a cycle, and those only', () => {
    const graph = graphOf(
      [
        ['a.ts', 'b.ts'],
        ['b.ts', 'a.ts'],
        ['c.ts', 'a.ts'],
      ],
      ['a.ts', 'b.ts', 'c.ts'],
    );
    graph.cycles = [['a.ts', 'b.ts']];
    const cyclic = drawModules(graph).edges.filter((edge) => edge.cyclic);
    expect(cyclic.map(({ from, to }) => `${from} ${to}`)).toEqual(['m0 m1', 'm1 m0']);
  });
});
