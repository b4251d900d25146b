import type { DefinitionFact, FileFacts } from '../facts.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

/** Well-kept libraries hold many modules and classes of half these sizes. */
const limits = {
  /** Lines of code, comments and blanks not counted. */
  moduleCode: 1000,
  moduleDefinitions: 80,
  /** Documentation included. */
  classLines: 800,
  classMethods: 30,
  /** Exported functions and classes of one module. */
  interfaceNames: 40,
};

/** How many times over a limit makes it worse than a matter of taste. */
const gross = 2;
/** Of the lines of a module, when one class is what makes it large. */
const mostOfAModule = 0.7;

/** Modules, classes and interfaces that are too large to be understood as one thing. */
export function checkSizes(file: FileFacts): Hit[] {
  // Long tests and generated declarations are normal, and splitting them helps nobody.
  if (isTestPath(file.path) || isDeclarationFile(file.path)) return [];
  const methods = countMethods(file);
  const large = file.definitions
    .filter(({ kind }) => kind === 'class')
    .flatMap((one) => {
      const hits = checkClass(one, methods.get(one.qualifiedName) ?? 0, file.path);
      return hits.map((hit) => ({ hit, share: lengthOf(one) / file.lines }));
    });
  const classes = large.map(({ hit }) => hit);
  // One complaint, one hit: of a class that fills its module, or of a module that offers too much.
  if (large.some(({ share }) => share >= mostOfAModule)) return classes;
  const [tooLarge] = checkModule(file);
  return [...classes, ...(tooLarge === undefined ? checkInterface(file) : [tooLarge])];
}

function lengthOf({ line, endLine }: DefinitionFact): number {
  return endLine - line + 1;
}

/** Methods of each class, by the class's qualified name. */
function countMethods({ definitions }: FileFacts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, name, qualifiedName } of definitions) {
    // A visitor has a method for each kind of node, which is its point; operators are no burden.
    if (kind !== 'method' || /^visit_?[A-Z]|^__\w+__$/.test(name)) continue;
    const owner = qualifiedName.slice(0, qualifiedName.lastIndexOf('.'));
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

function checkModule(file: FileFacts): Hit[] {
  const parts = file.definitions.filter(
    ({ kind, topLevel }) => topLevel && (kind === 'function' || kind === 'class'),
  );
  const excess = Math.max(
    file.codeLines / limits.moduleCode,
    parts.length / limits.moduleDefinitions,
  );
  if (excess <= 1 || isTable(file, parts)) return [];
  return [
    {
      rule: 'oversized-module',
      path: file.path,
      line: 1,
      message:
        `The module has ${file.codeLines} lines of code and ${parts.length} functions and ` +
        `classes at top level.`,
      ...(excess >= gross && { severity: 'medium' }),
    },
  ];
}

/** Long because it holds data: hardly a line belongs to a function or class. */
function isTable(file: FileFacts, parts: readonly DefinitionFact[]): boolean {
  const inParts = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return inParts < file.lines / 4;
}

function checkClass(one: DefinitionFact, methods: number, path: string): Hit[] {
  const lines = lengthOf(one);
  const excess = Math.max(lines / limits.classLines, methods / limits.classMethods);
  if (excess <= 1) return [];
  return [
    {
      rule: 'oversized-class',
      path,
      line: one.line,
      message: `\`${one.name}\` has ${methods} methods on ${lines} lines.`,
      symbol: one.qualifiedName,
      ...(excess >= gross && { severity: 'medium' }),
    },
  ];
}

function checkInterface(file: FileFacts): Hit[] {
  const exported = file.definitions.filter(
    ({ kind, topLevel, exported: isExported, bases }) =>
      topLevel &&
      isExported &&
      (kind === 'function' || kind === 'class') &&
      // A family of errors is a list, however long.
      !bases.some((base) => /(Error|Exception|Warning)$/.test(base)),
  ).length;
  if (exported <= limits.interfaceNames) return [];
  return [
    {
      rule: 'wide-interface',
      path: file.path,
      line: 1,
      message: `The module offers ${exported} functions and classes to others.`,
    },
  ];
}
