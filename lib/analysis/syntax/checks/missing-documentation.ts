import type { DefinitionFact } from '../../facts.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { CheckHit } from './check.ts';

/** So short that reading it is reading its documentation. */
const fewLines = 4;
/** Below all of these a name and its types say enough. */
const plainLines = 10;
const plainParameters = 2;
const plainComplexity = 4;

/** Callers know what these do: the language or the framework calls them. */
const wellKnown = /^(?:__\w+__|constructor|main|toString|toJSON|render|setUp|tearDown|default)$/;
/** What these stand on is documented where it was declared. */
const inheriting = /(?:^|\.)(?:override|overload|setter|deleter|getter|fixture)$/i;

/** Bases that hand down no documented methods. */
const plainBase = /^(?:object|ABC|abc\.ABC|Protocol|Generic\b.*|Exception|Error|BaseModel)$/;

/** Public functions, methods and classes that are not trivial and say nothing about themselves. */
export function checkMissingDocumentation(syntax: FileSyntax): CheckHit[] {
  const { definitions } = syntax.facts;
  const derived = new Set(
    definitions.filter((fact) => !fact.bases.every((base) => plainBase.test(base))).map(nameOf),
  );
  return definitions
    .filter((fact) => needsDocumentation(fact) && !derived.has(ownerOf(fact)))
    .map((definition) => ({
      rule: 'missing-documentation',
      line: definition.line,
      message: `\`${definition.qualifiedName}\` is public and has no documentation.`,
      symbol: definition.qualifiedName,
    }));
}

function nameOf(definition: DefinitionFact): string {
  return definition.qualifiedName;
}

/** The class of a method: where it derives from another, the method may be documented there. */
function ownerOf({ qualifiedName }: DefinitionFact): string {
  return qualifiedName.slice(0, Math.max(0, qualifiedName.lastIndexOf('.')));
}

function needsDocumentation(definition: DefinitionFact): boolean {
  if (!definition.exported || definition.documented || definition.stub) return false;
  if (definition.kind === 'variable' || definition.kind === 'type') return false;
  if (wellKnown.test(definition.name)) return false;
  if (definition.decorators.some((decorator) => inheriting.test(decorator))) return false;
  return !isPlain(definition);
}

function isPlain({ line, endLine, parameters, complexity }: DefinitionFact): boolean {
  const lines = endLine - line + 1;
  if (lines <= fewLines) return true;
  return (
    lines <= plainLines && parameters.length <= plainParameters && complexity <= plainComplexity
  );
}
