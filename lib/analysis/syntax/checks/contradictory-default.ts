import {
  type DefaultedParameter,
  defaultedParameters,
  literalKind,
} from '../defaulted-parameters.ts';
import { documentedDefaults } from '../documented-defaults.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { FunctionUnit } from '../function-unit.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { type CheckHit, nameOf, hitIn } from './check.ts';
import { isRefused, isReplaced } from './default-in-body.ts';

type LiteralKind = ReturnType<typeof literalKind>;

/** What a type admits as a literal default; types that are not listed admit anything. */
const admitted = new Map<string, readonly LiteralKind[]>([
  ['int', ['number', 'boolean']],
  ['float', ['number']],
  ['str', ['string']],
  ['bool', ['boolean']],
  ['bytes', ['string']],
  ['list', ['collection']],
  ['dict', ['collection']],
  ['number', ['number']],
  ['string', ['string']],
  ['boolean', ['boolean']],
]);

const refused = 'and then refuses it';

/** Defaults at odds with the type, the name, the documentation or the first lines of the body. */
export function checkContradictoryDefault(syntax: FileSyntax): CheckHit[] {
  return syntax.scopes.units.flatMap((unit) => {
    const parameters = defaultedParameters(unit);
    if (parameters.length === 0) return [];
    const documented = documentedDefaults(unit);
    return parameters.flatMap((parameter) => {
      const problem =
        typeProblem(parameter) ??
        rangeProblem(parameter, parameters) ??
        nameProblem(parameter) ??
        documentationProblem(parameter, documented) ??
        bodyProblem({ parameter, unit, tree: syntax.tree });
      return problem === null ? [] : [hitOn({ parameter, unit, problem })];
    });
  });
}

interface Problem {
  parameter: DefaultedParameter;
  unit: FunctionUnit;
  problem: string;
}

function hitOn({ parameter, unit, problem }: Problem): CheckHit {
  const value = parameter.value.text;
  return hitIn(unit, {
    rule: 'contradictory-default',
    // A parameter that is required after all fails early; the others mislead.
    severity: problem === refused ? 'low' : 'medium',
    confidence: 'high',
    line: parameter.node.line,
    message: `${nameOf(unit)} gives \`${parameter.name}\` the default \`${value}\`, ${problem}.`,
  });
}

function typeProblem({ value, type }: DefaultedParameter): string | null {
  if (type === null) return null;
  if (/^(?:undefined|null)\s+as\s+(?:any|unknown|never)\b/.test(value.text)) {
    return `which is forced past its type \`${type}\``;
  }
  const kinds = admitted.get(type.replace(/^(list|dict)\[.*$/is, '$1').toLowerCase());
  const kind = literalKind(value);
  // An implicit optional is Ruff's to report, and the compiler's in TypeScript.
  if (kinds === undefined || kind === null || kind === 'nothing') return null;
  return kinds.includes(kind) ? null : `but declares it as \`${type}\``;
}

/** `min_size=10, max_size=5`. */
function rangeProblem(
  parameter: DefaultedParameter,
  all: readonly DefaultedParameter[],
): string | null {
  const rest = /^min(?=[_A-Z])(.+)$/.exec(parameter.name)?.[1];
  if (rest === undefined) return null;
  const upper = all.find((other) => other.name === `max${rest}`);
  if (upper === undefined) return null;
  const exceeds = Number(parameter.value.text) > Number(upper.value.text);
  return exceeds ? `which is above that of \`${upper.name}\`` : null;
}

function nameProblem({ name, value }: DefaultedParameter): string | null {
  const kind = literalKind(value);
  // In the plural it names a list of what is required.
  if (kind === 'nothing' && /^required_?(?=[_A-Z]).*[^s]$/.test(name)) {
    return 'but its name says that it is required';
  }
  const isFlag = /^(?:is|has|should|can)(?=[_A-Z])/.test(name);
  return isFlag && kind === 'string' ? 'but its name says that it is true or false' : null;
}

function documentationProblem(
  { name, value }: DefaultedParameter,
  documented: ReadonlyMap<string, string>,
): string | null {
  const said = documented.get(name);
  const kind = literalKind(value);
  if (said === undefined || (kind !== 'number' && kind !== 'boolean')) return null;
  return sameValue(said, value.text) ? null : `but its documentation says \`${said}\``;
}

function sameValue(one: string, other: string): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true;
  return Number(one.replaceAll('_', '')) === Number(other.replaceAll('_', ''));
}

function bodyProblem(place: {
  parameter: DefaultedParameter;
  unit: FunctionUnit;
  tree: SyntaxTree;
}): string | null {
  if (isRefused(place)) return refused;
  return isReplaced(place) ? 'and then overwrites it without a look' : null;
}
