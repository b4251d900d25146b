import type { LineIndex } from './line-index.ts';

/** Shared by all leaves, which are most nodes of a tree. */
const noChildren: SyntaxNode[] = [];

/**
 * One node of a syntax tree, copied out of WebAssembly: reading it costs no crossing, and it
 * outlives the parser's tree. Brackets, separators and quotes are left out; keywords and operators
 * are kept as leaves whose type is their text.
 */
export class SyntaxNode {
  /** The grammar's name of the node, `ERROR` where nothing fitted. */
  readonly type: string;
  /** The role in the parent, where the grammar names one. */
  readonly field: string | null;
  readonly parent: SyntaxNode | null;
  /** Offsets into the file's text in UTF-16 code units, the end not included. */
  readonly start: number;
  readonly end: number;
  /** Position among the nodes of the tree, parents before children. */
  readonly index: number;
  /** Index of the last node inside this one; its own index for a leaf. */
  lastIndex: number;
  private adopted = noChildren;
  private readonly lines: LineIndex;

  constructor(
    place: { type: string; field: string | null; start: number; end: number; index: number },
    parent: SyntaxNode | null,
    lines: LineIndex,
  ) {
    this.type = place.type;
    this.field = place.field;
    this.start = place.start;
    this.end = place.end;
    this.index = place.index;
    this.lastIndex = place.index;
    this.parent = parent;
    this.lines = lines;
    if (parent !== null) parent.adopt(this);
  }

  get children(): readonly SyntaxNode[] {
    return this.adopted;
  }

  get text(): string {
    return this.lines.text.slice(this.start, this.end);
  }

  /** 1-based line of the first character. */
  get line(): number {
    return this.lines.lineAt(this.start);
  }

  /** 1-based line of the last character. */
  get endLine(): number {
    return this.lines.lineAt(Math.max(this.start, this.end - 1));
  }

  /** The first child in this role. */
  child(field: string): SyntaxNode | undefined {
    return this.children.find((child) => child.field === field);
  }

  childrenIn(field: string): SyntaxNode[] {
    return this.children.filter((child) => child.field === field);
  }

  /** The first child of this type: `async`, `decorator`. */
  childOfType(type: string): SyntaxNode | undefined {
    return this.children.find((child) => child.type === type);
  }

  /** The child before this one in the same parent. */
  get previous(): SyntaxNode | undefined {
    const siblings = this.parent?.children ?? noChildren;
    return siblings[siblings.indexOf(this) - 1];
  }

  /** The child after this one in the same parent. */
  get next(): SyntaxNode | undefined {
    const siblings = this.parent?.children ?? noChildren;
    return siblings[siblings.indexOf(this) + 1];
  }

  contains(other: SyntaxNode): boolean {
    return this.index <= other.index && other.index <= this.lastIndex;
  }

  /** The nearest node around this one of one of these types. */
  closest(types: ReadonlySet<string>): SyntaxNode | undefined {
    for (let node = this.parent; node !== null; node = node.parent) {
      if (types.has(node.type)) return node;
    }
    return undefined;
  }

  private adopt(child: SyntaxNode): void {
    if (this.adopted === noChildren) this.adopted = [child];
    else this.adopted.push(child);
  }
}
