import type { ExportFact, ImportFact } from '../../facts.ts';
import { plainString } from '../string-literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';

/** What `__all__` says; null for a module without it, where public is what has no underscore. */
export interface DeclaredExports {
  names: { name: string; line: number }[];
}

/** Reads `__all__ = […]`, `__all__ += […]`, and its `extend` and `append`. */
export function readDeclaredExports(tree: SyntaxTree): DeclaredExports | null {
  const values: SyntaxNode[] = [];
  for (const node of tree.ofTypes(['assignment', 'augmented_assignment'])) {
    const right = node.child('right');
    if (node.child('left')?.text === '__all__' && right !== undefined) values.push(right);
  }
  for (const call of tree.ofType('call')) {
    const listed = /^__all__\.(?:extend|append)$/.test(call.child('function')?.text ?? '');
    const list = call.child('arguments');
    if (listed && list !== undefined) values.push(list);
  }
  if (values.length === 0) return null;
  const strings = values.flatMap((value) => tree.inside(value));
  const names = strings.flatMap((node) => {
    const name = plainString(node);
    return name === null ? [] : [{ name, line: node.line }];
  });
  return { names };
}

/** Exports of the names in `__all__`; of those that an import binds, as re-exports. */
export function declaredExportFacts(
  declared: DeclaredExports,
  imports: readonly ImportFact[],
): ExportFact[] {
  return declared.names.map(({ name, line }) => {
    const source = imports.find((fact) => fact.names.some(({ local }) => local === name));
    if (source === undefined) return { name, local: name, from: null, line };
    return { name, local: null, from: source.specifier, line };
  });
}

/** What a package's `__init__.py` hands on from other modules. */
export function reExportFacts(path: string, imports: readonly ImportFact[]): ExportFact[] {
  const isPackage = /(?:^|\/)__init__\.pyi?$/.test(path);
  return imports.flatMap((fact) => {
    const local = isPackage && fact.specifier.startsWith('.') && !fact.deferred;
    if (!local) return [];
    return fact.names
      .filter((bound) => !bound.local.startsWith('_'))
      .map((bound) => ({ name: bound.local, local: null, from: fact.specifier, line: fact.line }));
  });
}
