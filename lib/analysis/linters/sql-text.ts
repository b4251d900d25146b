/** What a local name may hold, as Python expressions; undefined where the code does not tell. */
export type ValuesOf = (name: string) => readonly string[] | undefined;

/**
 * True when nothing that is put into an SQL text can be data: constants by name (`TABLE_NAME`), place
 * holders (`", ".join("?" * n)`), numbers, look-ups in a constant table, and local names that hold
 * nothing else.
 * @param code the expression that builds the text, as Python
 */
export function isBuiltFromConstants(code: string, valuesOf: ValuesOf): boolean {
  return isConstant(code, valuesOf, new Set());
}

/** @param open names whose values are being looked at: `sql = sql + more` asks for itself */
function isConstant(code: string, valuesOf: ValuesOf, open: ReadonlySet<string>): boolean {
  const harmless = constantLoopNames(code);
  return namesPutIn(code).every((name) => {
    if (isConstantName(name) || harmless.has(name) || open.has(name)) return true;
    const values = valuesOf(name) ?? [];
    const within = new Set([...open, name]);
    return values.length > 0 && values.every((value) => isConstant(value, valuesOf, within));
  });
}

const constantName = String.raw`(?:\w+\.)*_*[A-Z][A-Z\d_]*`;
const string = /(?:\b[rbuf]{1,2})?(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/gi;

function isConstantName(name: string): boolean {
  return new RegExp(`^${constantName}$`).test(name);
}

/** Names whose value becomes part of the text, those in the fields of f-strings among them. */
function namesPutIn(code: string): string[] {
  const fields = (code.match(string) ?? [])
    .filter((literal) => /^[rb]?f/i.test(literal))
    .flatMap((literal) => literal.replaceAll(/\{\{|\}\}/g, '').match(/\{[^{}]*\}/g) ?? [])
    .map((field) => field.slice(1, -1).replace(/![rsa]$/, ''));
  const outside = withoutHarmlessParts(code.replaceAll(string, '""'));
  const names = outside.match(/[A-Za-z_][\w.]*/g) ?? [];
  return [...names, ...fields.flatMap(namesPutIn)];
}

/** Parts that bring no text from elsewhere, in code whose strings are blanked. */
const harmlessParts: readonly RegExp[] = [
  /\b(?:int|len)\((?:[^()]|\([^()]*\))*\)/g,
  new RegExp(String.raw`\b${constantName}(?:\[[^[\]]*\]|\.get\([\w.]+(?:, "")?\))`, 'g'),
  // The condition of `x if condition else y`, and what a comprehension only counts.
  /\bif\b[^]*?\belse\b/g,
  /\bfor\s+[\w, ]+\s+in\s+[\w.]+(?:\([^()]*\))?/g,
  // `"?" * count`
  /(?<=[\])"]\s*)\*\s*[\w.]+/g,
  /\.(?:format|join|strip|rstrip|lstrip)\b/g,
  // Names of keyword arguments.
  /\b\w+\s*=(?!=)/g,
];

function withoutHarmlessParts(code: string): string {
  return harmlessParts.reduce((rest, part) => rest.replaceAll(part, ' '), code);
}

/** Loop variables of comprehensions that run over numbers or over a constant. */
function constantLoopNames(code: string): Set<string> {
  const loop = new RegExp(
    String.raw`\bfor\s+(\w+)(?:\s+in\s+(?:range\(|${constantName}\b(?!\())|,[\w, ]+\s+in\s+enumerate\()`,
    'g',
  );
  return new Set([...code.matchAll(loop)].map(([, name = '']) => name));
}
