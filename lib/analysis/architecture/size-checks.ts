import type { DefinitionFact, FileFacts } from '../facts.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

const limits = {
  /** Lines of code, comments and blanks not counted. */
  moduleCode: 600,
  moduleDefinitions: 50,
  classLines: 400,
  classMethods: 20,
  /** Exported functions and classes of one module. */
  interfaceNames: 25,
};

/** How many times over a limit makes it worse than a matter of taste. */
const gross = 3;

/** Modules, classes and interfaces that are too large to be understood as one thing. */
export function checkSizes(file: FileFacts): Hit[] {
  // Long tests and generated declarations are normal, and splitting them helps nobody.
  if (isTestPath(file.path) || isDeclarationFile(file.path)) return [];
  const methods = countMethods(file);
  return [
    ...checkModule(file),
    ...file.definitions
      .filter(({ kind }) => kind === 'class')
      .flatMap((one) => checkClass(one, methods.get(one.qualifiedName) ?? 0, file.path)),
    ...checkInterface(file),
  ];
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
  const inParts = parts.reduce((sum, { line, endLine }) => sum + endLine - line + 1, 0);
  return inParts < file.lines / 4;
}

function checkClass(one: DefinitionFact, methods: number, path: string): Hit[] {
  const lines = one.endLine - one.line + 1;
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
