import type { SyntaxNode } from '../syntax-node.ts';

/** One name that a pattern binds: `{ a: b }` takes `a` and binds `b`. */
export interface BoundName {
  /** The property taken; null where a position or the rest is taken. */
  property: string | null;
  node: SyntaxNode;
  hasDefault: boolean;
}

/** The names that a declaration's left side binds, nested patterns included. */
export function boundNames(pattern: SyntaxNode): BoundName[] {
  const found: BoundName[] = [];
  const open: { node: SyntaxNode; property: string | null; hasDefault: boolean }[] = [
    { node: pattern, property: null, hasDefault: false },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, property, hasDefault } = next;
    switch (node.type) {
      case 'identifier':
        found.push({ property, node, hasDefault });
        break;
      case 'shorthand_property_identifier_pattern':
        found.push({ property: node.text, node, hasDefault });
        break;
      case 'pair_pattern': {
        const value = node.child('value');
        if (value !== undefined) {
          open.push({ node: value, property: node.child('key')?.text ?? null, hasDefault });
        }
        break;
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern': {
        const left = node.child('left');
        if (left !== undefined) open.push({ node: left, property, hasDefault: true });
        break;
      }
      case 'object_pattern':
      case 'array_pattern':
      case 'rest_pattern':
        for (const child of node.children.toReversed()) {
          open.push({ node: child, property: null, hasDefault: false });
        }
        break;
      default:
        break;
    }
  }
  return found;
}
