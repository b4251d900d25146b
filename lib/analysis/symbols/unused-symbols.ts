import type { Severity } from '../../domain/finding.ts';
import type { DefinitionFact, FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { isEntryFile } from './entry-points.ts';
import { gatherKnowledge, type Knowledge, type SymbolSource } from './knowledge.ts';
import { isPublicInLibrary } from './offered-names.ts';
import { usesLookups } from './reference-index.ts';
import { canBeJudged, judge, type CodeSymbol, type Verdict } from './symbol-verdict.ts';

/**
 * Functions, methods, classes, variables and types of the component that nothing in the source
 * refers to. References are matched by name alone, so a name that occurs anywhere else is taken
 * for used.
 */
export function findUnusedSymbols(source: SymbolSource): Hit[] {
  const known = gatherKnowledge(source);
  return (
    source.facts
      .filter(({ inComponent, path }) => inComponent && !isEntryFile(path))
      // Of a file that does not parse nobody knows what it holds and what it uses.
      .filter(({ syntaxError }) => syntaxError === null)
      .flatMap((file) => checkFile(file, known))
  );
}

function checkFile(file: FileFacts, known: Knowledge): Hit[] {
  const tables = tablesOf(file);
  const unused = file.definitions
    .filter((definition) => !tables.has(familyOf(definition) ?? ''))
    .map((definition) => ({ definition, file }))
    .filter((symbol) => canBeJudged(symbol, known))
    .flatMap((symbol) => {
      const verdict = judge(symbol, known);
      return verdict ? [{ symbol, verdict }] : [];
    });
  // What stands inside an unused class or function goes away with it.
  const names = new Set(unused.map(({ symbol }) => symbol.definition.qualifiedName));
  const told = unused.filter(({ symbol }) => !outerNames(symbol).some((name) => names.has(name)));
  const interfaces = classesForOthers(told.map(({ symbol }) => symbol));
  return told.flatMap(({ symbol, verdict }) => {
    if (!interfaces.has(outerNames(symbol).at(-1) ?? '')) return [toHit(symbol, verdict, known)];
    // The file itself looks names up: that is what calls them.
    if (file.language === 'python' && usesLookups(file)) return [];
    return [toHit(symbol, { ...verdict, confidence: 'low' }, known)];
  });
}

/** So many constants of one family are the table of a protocol, written down as a whole. */
const constantsOfATable = 5;

function tablesOf({ definitions }: FileFacts): Set<string> {
  const families = Map.groupBy(definitions, familyOf);
  const tables = [...families].filter(([, { length }]) => length >= constantsOfATable);
  return new Set(tables.flatMap(([family]) => family ?? []));
}

/** `MSG_` of `MSG_CHANNEL_OPEN`; undefined for all but constants at top level. */
function familyOf({ kind, topLevel, name }: DefinitionFact): string | undefined {
  const isConstant = kind === 'variable' && topLevel;
  return isConstant ? /^_?[a-z]?([A-Z][A-Z\d]*_)[A-Z\d_]+$/.exec(name)?.[1] : undefined;
}

/** So many unused methods are no accident: something out of our sight knows such classes. */
const methodsForOthers = 4;

function classesForOthers(symbols: readonly CodeSymbol[]): Set<string> {
  const methods = symbols.filter(({ definition }) => definition.kind === 'method');
  const byClass = Map.groupBy(methods, (symbol) => outerNames(symbol).at(-1) ?? '');
  return new Set(
    [...byClass].filter(([, { length }]) => length >= methodsForOthers).map(([name]) => name),
  );
}

/** `A` and `A.b` for `A.b.c`. */
function outerNames({ definition: { qualifiedName } }: CodeSymbol): string[] {
  const segments = qualifiedName.split('.').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('.'));
}

function toHit(symbol: CodeSymbol, verdict: Verdict, known: Knowledge): Hit {
  const { definition, file } = symbol;
  const isOffered = isPublicInLibrary(symbol, known.libraryFolders);
  const { kind, qualifiedName, line } = definition;
  const { confidence, onlyTests } = verdict;
  return {
    rule: ruleOf({ definition, file }),
    path: file.path,
    line,
    message: onlyTests
      ? `Only tests use the ${kind} \`${qualifiedName}\`.`
      : `Nothing in the source refers to the ${kind} \`${qualifiedName}\`.`,
    symbol: qualifiedName,
    severity: isOffered ? 'info' : severityOf(definition, verdict),
    confidence,
  };
}

function severityOf({ kind }: DefinitionFact, { confidence, onlyTests }: Verdict): Severity {
  // Worth knowing: whether it waits for a user or lost its last one, the code does not say.
  if (onlyTests) return 'info';
  const isCode = kind !== 'variable' && kind !== 'type';
  if (!isCode && confidence === 'low') return 'info';
  return isCode && confidence === 'high' ? 'medium' : 'low';
}

function ruleOf({ definition: { kind }, file }: CodeSymbol): string {
  if (kind === 'function' || kind === 'method') return 'unused-function';
  if (kind === 'class') return 'unused-class';
  return file.language === 'python' ? 'unused-variable' : 'unused-export';
}
