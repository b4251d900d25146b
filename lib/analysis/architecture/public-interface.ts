import type { ModuleGraph } from '../../domain/report.ts';
import type { ExportFact, FileFacts } from '../facts.ts';
import { isFolderEntry } from '../modules/file-roles.ts';
import type { ModuleImport } from '../modules/resolved-imports.ts';

type PublicName = ModuleGraph['publicInterface'][number];

/**
 * Names that the component offers: those that the rest of the source takes, most used first, then
 * what its entry modules (`__init__.py`, `index.ts`) export without anybody here taking it.
 */
export function publicInterface(
  facts: readonly FileFacts[],
  imports: readonly ModuleImport[],
): PublicName[] {
  const users = usersOfNames(facts, imports);
  return facts
    .filter(({ inComponent }) => inComponent)
    .flatMap((file) => {
      const usersHere = users.get(file.path);
      const isEntry = isFolderEntry(file.path);
      if (!usersHere && !isEntry) return [];
      const definitions = new Map(
        file.definitions.filter(({ topLevel }) => topLevel).map((one) => [one.name, one]),
      );
      return offeredNames(file)
        .map(({ name, local, line }) => ({
          path: file.path,
          name,
          kind: definitions.get(local ?? name)?.kind ?? 're-export',
          line,
          usedBy: usersHere?.get(name)?.size ?? 0,
        }))
        .filter(({ usedBy }) => usedBy > 0 || isEntry);
    })
    .toSorted((a, b) => b.usedBy - a.usedBy);
}

/**
 * By module of the component and name in it, the files outside the component that take the name.
 */
function usersOfNames(
  facts: readonly FileFacts[],
  imports: readonly ModuleImport[],
): Map<string, Map<string, Set<string>>> {
  const byPath = new Map(facts.map((file) => [file.path, file]));
  const users = new Map<string, Map<string, Set<string>>>();
  for (const { from, to, names } of imports) {
    const user = byPath.get(from);
    const target = byPath.get(to);
    if (!user || !target || user.inComponent || !target.inComponent) continue;
    const usersHere = users.get(to) ?? new Map<string, Set<string>>();
    users.set(to, usersHere);
    for (const name of takenNames(names, user, target)) {
      usersHere.set(name, (usersHere.get(name) ?? new Set()).add(from));
    }
  }
  return users;
}

/** Where a module is bound as a whole, the names of it that the user mentions count as taken. */
function takenNames(names: ModuleImport['names'], user: FileFacts, target: FileFacts): Set<string> {
  const taken = new Set(names.map(({ name }) => name));
  if (!taken.delete('*')) return taken;
  for (const { name } of offeredNames(target)) {
    if (Object.hasOwn(user.identifiers, name)) taken.add(name);
  }
  return taken;
}

/** Exports, and in Python every public name, since it hides none that `__all__` leaves out. */
function offeredNames(file: FileFacts): ExportFact[] {
  if (file.language !== 'python') return file.exports;
  const exported = new Set(file.exports.map(({ name }) => name));
  const others = file.definitions
    .filter(({ topLevel, name }) => topLevel && !exported.has(name) && !name.startsWith('_'))
    .map(({ name, line }) => ({ name, local: name, from: null, line }));
  return [...file.exports, ...others];
}
