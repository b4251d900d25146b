import type { ModuleGraph } from './report.ts';

export interface DiagramNode {
  id: string;
  label: string;
  /** Modules behind the node: more than one where folders stand for their files. */
  modules: number;
  outside: boolean;
}

export interface DiagramEdge {
  from: string;
  to: string;
  imports: number;
  /** Part of an import cycle. */
  cyclic: boolean;
}

export interface ModuleDiagram {
  nodes: DiagramNode[];
  edges: DiagramEdge[];
  /** Arrows left out, the weakest first, since nobody can read more. */
  edgesLeftOut: number;
  /** Nodes stand for folders, since there are too many files to read a picture of them. */
  byFolder: boolean;
}

const mostNodes = 30;
const mostEdges = 80;

function folderOf(path: string, depth: number): string {
  return path.split('/').slice(0, -1).slice(0, depth).join('/') || '.';
}

/** A file at the root of the source has no folder to stand for it. */
function outsideLabel(path: string): string {
  return path.includes('/') ? `${folderOf(path, 2)}/…` : path;
}

/** The finest grouping whose picture can still be read: files, else folders, else fewer folders. */
function chooseGrouping(paths: readonly string[]): {
  group: (path: string) => string;
  byFolder: boolean;
} {
  if (paths.length <= mostNodes) return { group: (path) => path, byFolder: false };
  for (let depth = 8; depth > 1; depth -= 1) {
    if (new Set(paths.map((path) => folderOf(path, depth))).size <= mostNodes) {
      return { group: (path) => folderOf(path, depth), byFolder: true };
    }
  }
  return { group: (path) => folderOf(path, 1), byFolder: true };
}

/** Draws a component's modules, and as single nodes the folders of the rest that they touch. */
export function drawModules(graph: ModuleGraph): ModuleDiagram {
  const inside = new Set(graph.modules.map(({ path }) => path));
  const { group, byFolder } = chooseGrouping([...inside]);
  const cyclicSteps = new Set(graph.cycles.flatMap(stepsOf));

  const nodes = new Map<string, DiagramNode>();
  const nodeFor = (path: string): DiagramNode => {
    const outside = !inside.has(path);
    const label = outside ? outsideLabel(path) : group(path);
    const key = `${outside} ${label}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = { id: `m${nodes.size}`, label, modules: 0, outside };
    nodes.set(key, node);
    return node;
  };
  for (const { path } of graph.modules) nodeFor(path).modules += 1;

  const edges = new Map<string, DiagramEdge>();
  for (const { from, to } of graph.edges) {
    const [a, b] = [nodeFor(from), nodeFor(to)];
    if (a === b) continue;
    const edge = edges.get(`${a.id} ${b.id}`) ?? {
      from: a.id,
      to: b.id,
      imports: 0,
      cyclic: false,
    };
    edge.imports += 1;
    edge.cyclic ||= cyclicSteps.has(`${from} ${to}`);
    edges.set(`${a.id} ${b.id}`, edge);
  }
  const all = [...edges.values()];
  const drawn = strongest(all);
  return {
    nodes: [...nodes.values()],
    edges: drawn,
    edgesLeftOut: all.length - drawn.length,
    byFolder,
  };
}

function strongest(edges: readonly DiagramEdge[]): DiagramEdge[] {
  return edges
    .toSorted((a, b) => Number(b.cyclic) - Number(a.cyclic) || b.imports - a.imports)
    .slice(0, mostEdges);
}

function stepsOf(cycle: readonly string[]): string[] {
  return cycle.map((path, index) => `${path} ${cycle[(index + 1) % cycle.length]}`);
}
