import { docstringParameters } from './documented-parameters.ts';
import { commentOn } from './ecmascript/declaration-details.ts';
import type { FunctionUnit } from './function-unit.ts';
import { docstringOf } from './python/docstring.ts';

const jsdocDefault = /@param\s+(?:\{[^}]*\}\s+)?\[([\w$]+)\s*=\s*([^\]\s]+)\s*\]/g;
const spokenDefault =
  /\b(?:defaults?\s+(?:to|is|value(?:\s+is)?)|default\s*[:=])\s*`{0,2}(-?\d[\d_.]*|True|False|true|false)\b/i;

/** Numbers and truth values that the documentation gives as defaults, by parameter. */
export function documentedDefaults(unit: FunctionUnit): ReadonlyMap<string, string> {
  const docstring = docstringOf(unit.body);
  if (docstring !== undefined) return docstringDefaults(docstring.text);
  const comment = commentOn(unit.node)?.text ?? '';
  return new Map(
    [...comment.matchAll(jsdocDefault)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** The text on a parameter ends where the next one or an empty line begins. */
function docstringDefaults(text: string): Map<string, string> {
  const parameters = docstringParameters(text);
  const found = new Map<string, string>();
  for (const [index, { name, offset }] of parameters.entries()) {
    const description = text.slice(offset, parameters[index + 1]?.offset).split(/\n\s*\n/)[0] ?? '';
    const value = spokenDefault.exec(description)?.[1]?.replace(/\.$/, '');
    if (value !== undefined) found.set(name, value);
  }
  return found;
}
