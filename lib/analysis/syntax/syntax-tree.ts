import type { Tree } from 'web-tree-sitter';
import { LineIndex } from './line-index.ts';
import { SyntaxNode } from './syntax-node.ts';
import type { NodeKinds } from './node-kinds.ts';

/** The syntax of one file: all nodes in source order, and an index of them by type. */
export class SyntaxTree {
  readonly lines: LineIndex;
  /** Parents before children, so that a subtree is a slice: no walk here ever needs recursion. */
  readonly nodes: readonly SyntaxNode[];
  private readonly byType: ReadonlyMap<string, SyntaxNode[]>;

  constructor(lines: LineIndex, nodes: readonly SyntaxNode[]) {
    this.lines = lines;
    this.nodes = nodes;
    this.byType = groupByType(nodes);
  }

  get root(): SyntaxNode | undefined {
    return this.nodes[0];
  }

  /** All nodes of this type in source order. */
  ofType(type: string): readonly SyntaxNode[] {
    return this.byType.get(type) ?? [];
  }

  /** All nodes of these types in source order. */
  ofTypes(types: Iterable<string>): SyntaxNode[] {
    return [...types].flatMap((type) => this.ofType(type)).toSorted((a, b) => a.index - b.index);
  }

  /** The nodes inside `node`, without itself, in source order. */
  inside(node: SyntaxNode): SyntaxNode[] {
    return this.nodes.slice(node.index + 1, node.lastIndex + 1);
  }

  /** The nodes inside `node`, leaving out subtrees whose root has one of these types. */
  *insideExcept(node: SyntaxNode, pruned: ReadonlySet<string>): Generator<SyntaxNode> {
    for (let index = node.index + 1; index <= node.lastIndex; index += 1) {
      const inner = this.nodes[index];
      if (inner === undefined) return;
      if (pruned.has(inner.type)) index = inner.lastIndex;
      else yield inner;
    }
  }
}

function groupByType(nodes: readonly SyntaxNode[]): Map<string, SyntaxNode[]> {
  const byType = new Map<string, SyntaxNode[]>();
  for (const node of nodes) {
    const group = byType.get(node.type);
    if (group === undefined) byType.set(node.type, [node]);
    else group.push(node);
  }
  return byType;
}

/**
 * Copies a parsed tree out of WebAssembly in one walk. Each step of a cursor is a crossing, so the
 * walk asks for nothing that the node's kind tells already.
 */
export function copyTree(tree: Tree, kinds: NodeKinds, text: string): SyntaxTree {
  const lines = new LineIndex(text);
  const nodes: SyntaxNode[] = [];
  const cursor = tree.walk();
  let parent: SyntaxNode | null = null;
  try {
    for (;;) {
      const kind = kinds.at(cursor.nodeTypeId);
      if (kind.kept) {
        const node: SyntaxNode = new SyntaxNode(
          {
            type: kind.type,
            field: kind.named ? kinds.fieldName(cursor.currentFieldId) : null,
            start: cursor.startIndex,
            end: cursor.endIndex,
            index: nodes.length,
          },
          parent,
          lines,
        );
        nodes.push(node);
        if (!kind.leaf && cursor.gotoFirstChild()) {
          parent = node;
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        if (parent === null) return new SyntaxTree(lines, nodes);
        parent.lastIndex = nodes.length - 1;
        parent = parent.parent;
        cursor.gotoParent();
      }
    }
  } finally {
    cursor.delete();
  }
}
