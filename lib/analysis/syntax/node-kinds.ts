import type { Language } from 'web-tree-sitter';

export interface NodeKind {
  type: string;
  /** Keywords and operators are not. */
  named: boolean;
  /** Brackets, separators and quotes say nothing that the tree's shape does not say. */
  kept: boolean;
  /** Has no children in any tree, so that the walk need not ask. */
  leaf: boolean;
}

const punctuation = /^(?:[()[\]{},.:;"'`]|\$\{|string_start|string_end)$/;

const leafTypes = new Set([
  'identifier',
  'property_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
  'type_identifier',
  'comment',
  'number',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'null',
  'this',
  'string_fragment',
  'escape_sequence',
]);

const errorKind: NodeKind = { type: 'ERROR', named: true, kept: true, leaf: false };

/** What a grammar's numbers for node types and fields mean. */
export class NodeKinds {
  private readonly kinds: NodeKind[];
  private readonly fields: readonly (string | null)[];

  constructor(grammar: Language) {
    this.kinds = grammar.types.map((type, id) => {
      const named = grammar.nodeTypeIsNamed(id);
      return {
        type,
        named,
        kept: !punctuation.test(type),
        leaf: !named || leafTypes.has(type),
      };
    });
    this.fields = grammar.fields;
  }

  /** The number of an error node is in no grammar. */
  at(typeId: number): NodeKind {
    return this.kinds[typeId] ?? errorKind;
  }

  fieldName(fieldId: number): string | null {
    return this.fields[fieldId] ?? null;
  }
}
