import type { DefinitionFact } from '../../facts.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { CheckHit } from './check.ts';

/** Below all of these a name and its types say enough. */
const plainLines = 10;
const plainParameters = 2;
const plainComplexity = 4;

/** Callers know what these do: the language or the framework calls them. */
const wellKnown = /^(?:__\w+__|constructor|main|toString|toJSON|render|setUp|tearDown|default)$/;
/** What these stand on is documented where it was declared. */
const inheriting = /(?:^|\.)(?:override|overload|setter|deleter|getter|fixture)$/i;

/** Public functions, methods and classes that are not trivial and say nothing about themselves. */
export function checkMissingDocumentation(syntax: FileSyntax): CheckHit[] {
  return syntax.facts.definitions.filter(needsDocumentation).map((definition) => ({
    rule: 'missing-documentation',
    line: definition.line,
    message: `\`${definition.qualifiedName}\` is public and has no documentation.`,
    symbol: definition.qualifiedName,
  }));
}

function needsDocumentation(definition: DefinitionFact): boolean {
  if (!definition.exported || definition.documented || definition.stub) return false;
  if (definition.kind === 'variable' || definition.kind === 'type') return false;
  if (wellKnown.test(definition.name)) return false;
  if (definition.decorators.some((decorator) => inheriting.test(decorator))) return false;
  return !isPlain(definition);
}

function isPlain(definition: DefinitionFact): boolean {
  return (
    definition.endLine - definition.line < plainLines &&
    definition.parameters.length <= plainParameters &&
    definition.complexity <= plainComplexity
  );
}
