import type { FileFacts } from '../facts.ts';
import type { ResolvedImports } from '../modules/resolved-imports.ts';
import type { Hit } from '../rule.ts';

/**
 * Drops unused imports of Python whose name another module takes from there, by `from .compat import
 * Morsel` or by `compat.Morsel`: what a module imports is a part of what it offers. The linter sees one
 * file at a time, so this takes the hits and the facts of a whole source.
 */
export function withoutSharedImports(
  hits: readonly Hit[],
  facts: readonly FileFacts[],
  resolved: ResolvedImports,
): Hit[] {
  const factsOf = new Map(facts.map((file) => [file.path, file]));
  const importsOf = Map.groupBy(resolved.inside, ({ to }) => to);
  return hits.filter((hit) => {
    const name = importedName(hit, factsOf.get(hit.path));
    const users = importsOf.get(hit.path);
    if (name === undefined || users === undefined) return true;
    return !users.some(({ from, names }) =>
      names.some((taken) =>
        taken.name === '*'
          ? Object.hasOwn(factsOf.get(from)?.identifiers ?? {}, name)
          : taken.name === name,
      ),
    );
  });
}

/** The name that the module itself has for it: `np` of `import numpy as np`. */
function importedName({ rule, symbol }: Hit, file: FileFacts | undefined): string | undefined {
  if (rule !== 'unused-import' || file?.language !== 'python') return undefined;
  const last = symbol?.split('.').at(-1);
  const binding = file.imports
    .flatMap(({ specifier, names }) => names.map((taken) => ({ specifier, ...taken })))
    .find(({ specifier, name }) => name === last || (name === '*' && specifier === symbol));
  return binding?.local ?? last;
}
