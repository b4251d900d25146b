import {
  docstringParameters,
  type DocumentedParameter,
  jsdocParameters,
} from '../documented-parameters.ts';
import { commentOn } from '../ecmascript/declaration-details.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { FunctionUnit } from '../function-unit.ts';
import { docstringOf } from '../python/docstring.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, nameOf, hitIn } from './check.ts';

/** Documented parameters that the function does not have. */
export function checkStaleDocumentation(syntax: FileSyntax): CheckHit[] {
  const isPython = syntax.file.language === 'python';
  return syntax.scopes.units.flatMap((unit) => {
    const comment = isPython ? docstringOf(unit.body) : jsdocOf(unit);
    if (comment === undefined || takesAnything(unit) || isFixture(unit)) return [];
    const documented = isPython ? docstringParameters(comment.text) : jsdocParameters(comment.text);
    const known = new Set(unit.parameters);
    return documented
      .filter(({ name }) => !known.has(name))
      .map((parameter) => hitOn({ unit, comment, parameter }));
  });
}

interface Stale {
  unit: FunctionUnit;
  comment: SyntaxNode;
  parameter: DocumentedParameter;
}

function hitOn({ unit, comment, parameter }: Stale): CheckHit {
  const linesBefore = comment.text.slice(0, parameter.offset).split('\n').length - 1;
  return hitIn(unit, {
    rule: 'stale-documentation',
    line: comment.line + linesBefore,
    message: `The documentation of ${nameOf(unit)} tells of \`${parameter.name}\`, which it does not take.`,
  });
}

function jsdocOf(unit: FunctionUnit): SyntaxNode | undefined {
  const comment = commentOn(unit.node);
  return comment?.text.startsWith('/**') === true ? comment : undefined;
}

/** A fixture documents the function that it hands to tests. */
function isFixture(unit: FunctionUnit): boolean {
  return unit.definition?.decorators.some((name) => /(?:^|\.)fixture$/.test(name)) === true;
}

const openEnded = new Set([
  'dictionary_splat_pattern',
  'rest_pattern',
  'object_pattern',
  'array_pattern',
]);

/** `**options`, `...rest` and patterns take more than their names say. */
function takesAnything(unit: FunctionUnit): boolean {
  const parameters = unit.node.child('parameters')?.children ?? [];
  return parameters.some((parameter) => {
    const pattern = parameter.child('pattern') ?? parameter.children[0];
    return openEnded.has(parameter.type) || openEnded.has(pattern?.type ?? '');
  });
}
