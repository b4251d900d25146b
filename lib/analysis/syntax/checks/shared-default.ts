import { defaultedParameters, literalKind } from '../defaulted-parameters.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, nameOf, hitIn } from './check.ts';

const mutating = new RegExp(
  `^(?:${alternatives(`
    push pop shift unshift splice sort reverse set add delete
    append extend insert update clear remove setdefault`)})$`,
);

const meantToBeShared = /cache|memo|registry|global|shared|pool/i;

/** A collection of the module as a default that the function changes: all callers share it. */
export function checkSharedDefault(syntax: FileSyntax): CheckHit[] {
  const shared = moduleCollections(syntax);
  return syntax.scopes.units.flatMap((unit) => {
    const { body } = unit;
    if (body === undefined) return [];
    return defaultedParameters(unit).flatMap(({ name, value }) => {
      const collection = value.text;
      if (value.type !== 'identifier' || !shared.has(collection)) return [];
      if (meantToBeShared.test(collection)) return [];
      const uses = syntax.tree
        .inside(body)
        .filter((node) => node.type === 'identifier' && node.text === name);
      const change = uses.find(isChanged);
      // A name that is assigned may hold a copy by then.
      if (change === undefined || uses.some((use) => use.field === 'left')) return [];
      const message = `${nameOf(unit)} changes \`${name}\`: by default the module's \`${collection}\`.`;
      const { line } = change;
      return [hitIn(unit, { rule: 'shared-mutable-value', severity: 'medium', line, message })];
    });
  });
}

function moduleCollections({ tree, definitions }: FileSyntax): Set<string> {
  const names = definitions.filter(({ fact }) => fact.kind === 'variable');
  const top = new Set(names.map(({ fact }) => fact.name));
  const found = new Set<string>();
  for (const node of tree.ofTypes(['assignment', 'variable_declarator'])) {
    const name = (node.child('left') ?? node.child('name'))?.text ?? '';
    const value = node.child('right') ?? node.child('value');
    if (value !== undefined && top.has(name) && literalKind(value) === 'collection')
      found.add(name);
  }
  return found;
}

/** `x.push(…)`, `x.y = …`, `x[y] = …`. */
function isChanged(use: SyntaxNode): boolean {
  const access = use.parent;
  if (access === null || (use.field !== 'object' && use.field !== 'value')) return false;
  if (access.field === 'left' && access.parent?.type.startsWith('assignment')) return true;
  const method = (access.child('property') ?? access.child('attribute'))?.text ?? '';
  return access.field === 'function' && mutating.test(method);
}
