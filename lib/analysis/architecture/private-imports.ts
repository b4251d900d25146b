import { dirname } from 'node:path/posix';
import type { ImportFact } from '../facts.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import type { ModuleImport, OutsideImport, ResolvedImports } from '../modules/resolved-imports.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

/**
 * Imports of what another folder or package keeps for itself: what stands in a folder that is
 * called so, and in Python whatever begins with an underscore. JavaScript hides names by not
 * exporting them, so there an underscore says nothing.
 */
export function checkPrivateImports(
  { inside, outside }: ResolvedImports,
  inComponent: ReadonlySet<string>,
): Hit[] {
  const isJudged = (path: string) =>
    inComponent.has(path) && !isTestPath(path) && !isDeclarationFile(path);
  const hits = [
    ...inside.filter(({ from }) => isJudged(from)).flatMap(checkInside),
    ...outside.filter(({ from }) => isJudged(from)).flatMap(checkOutside),
  ];
  const byName = [...Map.groupBy(hits, ({ symbol }) => symbol).values()].flatMap(joinIfCommon);
  const byFolder = Map.groupBy(
    byName,
    ({ symbol }) => ownerOfPrivateFolder(symbol ?? '') ?? symbol,
  );
  return [...byFolder.values()].flatMap(joinIfCommon);
}

/** What so many take is private by name only: one change mends it, so one hit tells it. */
const common = 5;

function joinIfCommon(hits: Hit[]): Hit[] {
  const [first] = hits;
  if (!first || hits.length < common) return hits;
  return [{ ...first, message: `${first.message} So do ${hits.length - 1} more imports.` }];
}

function checkInside({ from, to, names, statement }: ModuleImport): Hit[] {
  const keeper = ownerOfPrivateFolder(to);
  if (keeper !== undefined && !isWithin(from, keeper)) {
    return [toHit(from, statement.line, { what: to, owner: keeper })];
  }
  if (!isPython(from)) return [];
  const owner = ownerOfPrivatePath(to);
  const crosses = owner !== undefined && !sharesPrivates(from, owner);
  if (crosses) return [toHit(from, statement.line, { what: to, owner })];
  const taken = names.map(({ name }) => name).filter(isPrivate);
  if (taken.length === 0 || sharesPrivates(from, dirname(to))) return [];
  return [toHit(from, statement.line, { what: taken.join(', '), owner: to })];
}

/**
 * `requests._internal_utils`; a library's top-level name may begin with an underscore in public.
 */
function checkOutside({ from, origin, package: name, statement }: OutsideImport): Hit[] {
  if (origin !== 'package') return [];
  const taken = isPython(from) ? privateName(statement) : privatePath(name, statement);
  return taken === undefined ? [] : [toHit(from, statement.line, { what: taken, owner: name })];
}

/** The first private name of `requests._internal.pool`, or all of it where a folder is private. */
function privateName({ specifier, names }: ImportFact): string | undefined {
  const [, ...below] = specifier.split('.');
  const taken = [...below, ...names.map(({ name }) => name)].find(isPrivate);
  return taken ?? (below.slice(0, -1).some(isPrivateFolder) ? specifier : undefined);
}

/** `rxjs/internal/Observable`. What ends in such a name may be an entry of the package. */
function privatePath(name: string, { specifier }: ImportFact): string | undefined {
  const folders = specifier
    .slice(name.length + 1)
    .split('/')
    .slice(0, -1);
  return folders.some(isPrivateFolder) ? specifier : undefined;
}

/** In every language such a folder is for what stands beside it. */
function isPrivateFolder(name: string): boolean {
  return /^_?(internal|private)$/.test(name);
}

/** The folder that holds the last private folder on the way to `path`; undefined without any. */
function ownerOfPrivateFolder(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  const index = folders.findLastIndex(isPrivateFolder);
  return index === -1 ? undefined : folders.slice(0, index).join('/');
}

function isPython(path: string): boolean {
  return /\.pyi?$/.test(path);
}

/** The folder that a private file or folder of `path` belongs to; undefined without any. */
function ownerOfPrivatePath(path: string): string | undefined {
  const segments = path.replace(/\.pyi?$/, '').split('/');
  const index = segments.findIndex(isPrivate);
  return index === -1 ? undefined : segments.slice(0, index).join('/');
}

/** `_name`, but neither `__dunder__` nor the lone `_` of translations and lodash. */
function isPrivate(name: string): boolean {
  return /^_[^_]/.test(name) || /^__.*[^_]$/.test(name);
}

/** Modules beside and below share names with a package, and a package with those it contains. */
function sharesPrivates(from: string, owner: string): boolean {
  const folder = dirname(from);
  return isWithin(from, owner) || (folder !== '.' && isWithin(owner, folder));
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || folder === '.' || path.startsWith(`${folder}/`);
}

function toHit(path: string, line: number, taken: { what: string; owner: string }): Hit {
  const message = `The import takes \`${taken.what}\`, which is private to \`${taken.owner}\`.`;
  return { rule: 'private-import', path, line, message, symbol: taken.what };
}
