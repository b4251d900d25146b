import type { Confidence } from '../../domain/finding.ts';
import type { DefinitionFact, FileFacts } from '../facts.ts';
import { isFolderEntry } from '../modules/file-roles.ts';
import { ownerOf } from './class-hierarchy.ts';
import { isEntryPoint, isListedExport, isPackageEntry, isSetting } from './entry-points.ts';
import type { Knowledge } from './knowledge.ts';
import { usesLookups } from './reference-index.ts';

/** A definition with the file it stands in. */
export interface CodeSymbol {
  definition: DefinitionFact;
  file: FileFacts;
}

export interface Verdict {
  confidence: Confidence;
  /** Tests use it, the product does not. */
  onlyTests: boolean;
}

/** Whether the code alone decides if the symbol is used. */
export function canBeJudged(symbol: CodeSymbol, known: Knowledge): boolean {
  const { definition, file } = symbol;
  const { kind, name, topLevel, exported } = definition;
  if (isEntryPoint(definition) || isSetting(definition, file.path)) return false;
  if (known.pythonEntryNames.has(name)) return false;
  if (kind === 'method') return isJudgedMethod(definition, known);
  if (kind === 'class' && !isJudgedClass(symbol, known)) return false;
  if (isOffered(symbol, known)) return false;
  if (file.language === 'python') return topLevel || kind === 'function';
  // What is not exported is seen by the linter, which knows scopes.
  if (!topLevel || !exported || isPackageEntry(file.path, known.packageEntries)) return false;
  // A module that nobody imports is an entry of some tool, or unused as a whole.
  return known.imported.has(file.path);
}

/**
 * A method that a class above asks for is called there, out of our sight if that is a library's.
 */
function isJudgedMethod(method: DefinitionFact, { classes, offeredClasses }: Knowledge): boolean {
  const owner = ownerOf(method.qualifiedName);
  const bases = classes.basesOf(owner);
  if (method.stub || !bases) return false;
  const isPublic = !method.name.startsWith('_');
  if (isPublic && (offeredClasses.has(owner) || isProperty(method))) return false;
  const above = classes.above(bases);
  return !above.unknown && !above.methods.has(method.name);
}

/** Templates and serialisers read properties, and nobody parses those. */
function isProperty({ decorators }: DefinitionFact): boolean {
  return decorators.some((decorator) => /(^|[._])property$/.test(decorator));
}

/** A Python class can learn of its subclasses, and find them unnamed; a class of JavaScript cannot. */
function isJudgedClass({ definition, file }: CodeSymbol, { classes }: Knowledge): boolean {
  const { name, bases } = definition;
  if (bases.length === 0 || file.language !== 'python') return true;
  return !classes.registersSubclasses && !classes.above(classes.basesOf(name) ?? []).unknown;
}

/** Its author named it for users whom we may not see: in `__all__`, or at the door of a package. */
function isOffered({ definition, file }: CodeSymbol, known: Knowledge): boolean {
  if (!definition.exported) return false;
  if (known.handedOn.has(file.path)) return true;
  if (file.language !== 'python') return false;
  return isFolderEntry(file.path) || isListedExport(definition, file);
}

/** Undefined when something refers to the symbol, or may do so in ways that we cannot follow. */
export function judge(symbol: CodeSymbol, known: Knowledge): Verdict | undefined {
  const { definition, file } = symbol;
  const { name, kind } = definition;
  const references = known.references.of(name);
  if (references.product > 0 || references.reExported || references.lookedUp) return undefined;
  if (kind !== 'variable' && known.references.isDispatched(name, file)) return undefined;
  if (isUsedByOtherName(symbol, known)) return undefined;

  const onlyTests = references.tests > 0;
  const isPublic = isVisibleOutside(symbol);
  const isImported = known.imported.has(file.path);
  // What is public and tested in a module that nobody here imports may be what a library is for.
  if (onlyTests && isPublic && (!isImported || kind === 'method')) return undefined;
  const isDoubtful =
    onlyTests ||
    references.spelled ||
    definition.decorators.length > 0 ||
    (file.language === 'python' && usesLookups(file));
  const confidence = isDoubtful ? 'low' : isPublic ? 'medium' : 'high';
  return { onlyTests, confidence: known.referencesComplete ? confidence : lower[confidence] };
}

const lower: Record<Confidence, Confidence> = { high: 'medium', medium: 'low', low: 'low' };

function isVisibleOutside({ definition, file }: CodeSymbol): boolean {
  if (definition.name.startsWith('_')) return false;
  return file.language !== 'python' || definition.topLevel || definition.kind === 'method';
}

/** `export default f` and `export { f as g }`: the importers write another name. */
function isUsedByOtherName({ definition, file }: CodeSymbol, known: Knowledge): boolean {
  return file.exports
    .filter(({ local, name }) => local === definition.name && name !== local)
    .some(({ name }) =>
      name === 'default' ? known.takenWhole.has(file.path) : known.references.of(name).product > 0,
    );
}
