import type { Viz } from '@viz-js/viz';
import type { ModuleDiagram } from '../domain/module-diagram.ts';

let engine: Promise<Viz> | undefined;

/** Graphviz, compiled to WebAssembly: loaded when the first picture is asked for. */
async function loadGraphviz(): Promise<Viz> {
  engine ??= import('@viz-js/viz').then(({ instance }) => instance());
  return engine;
}

/** The diagram as an SVG element, drawn here so that the page needs no script. */
export async function renderDiagram({ edges, nodes }: ModuleDiagram): Promise<string> {
  const graphviz = await loadGraphviz();
  const svg = graphviz.renderString(
    {
      directed: true,
      graphAttributes: { rankdir: 'LR', bgcolor: 'transparent', nodesep: 0.15 },
      nodeAttributes: { shape: 'box', style: 'rounded', fontname: 'sans-serif', fontsize: 11 },
      edgeAttributes: { arrowsize: 0.6, color: '#888888' },
      nodes: nodes.map(({ id, label, modules, outside }) => ({
        name: id,
        attributes: {
          label: modules > 1 ? `${label}\n${modules} modules` : label,
          ...(outside ? { style: 'rounded,dashed' } : {}),
        },
      })),
      edges: edges.map(({ cyclic, from, to }) => ({
        tail: from,
        head: to,
        attributes: cyclic ? { color: '#c62828', penwidth: 2 } : {},
      })),
    },
    { format: 'svg' },
  );
  return svg.slice(svg.indexOf('<svg'));
}
