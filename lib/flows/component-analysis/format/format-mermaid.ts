import type { ModuleDiagram } from '../../../domain/module-diagram.ts';

/** Mermaid reads quotes and brackets in labels as its own. */
function quote(label: string): string {
  return `"${label.replace(/["[\]{}()<>|#;`]/g, ' ')}"`;
}

/** The diagram in Mermaid's language, as GitHub and Linear show it. */
export function formatMermaid({ nodes, edges }: ModuleDiagram): string {
  const boxes = nodes.map(({ id, label, modules, outside }) => {
    const text = modules > 1 ? `${label} — ${modules} modules` : label;
    return outside ? `  ${id}([${quote(text)}]):::outside` : `  ${id}[${quote(text)}]`;
  });
  const arrows = edges.map(({ from, to, cyclic }) =>
    cyclic ? `  ${from} ==>|cycle| ${to}` : `  ${from} --> ${to}`,
  );
  return ['graph LR', ...boxes, ...arrows, '  classDef outside stroke-dasharray: 4'].join('\n');
}
