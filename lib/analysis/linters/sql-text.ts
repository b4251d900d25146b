/**
 * True when all that is put into an SQL text are constants by name (`TABLE_NAME`) or place holders
 * (`", ".join("?" * n)`): put together from strings, yet nothing of it comes from outside.
 * @param code the expression that builds the text, as Python
 */
export function isBuiltFromConstants(code: string): boolean {
  const formatted = code.match(/\bf(?:"""[^]*?"""|'''[^]*?'''|"[^"]*"|'[^']*')/gi) ?? [];
  const inFields = formatted.flatMap((literal) => literal.match(/\{[^{}]*\}/g) ?? []);
  const outside = code
    .replaceAll(/\w?(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/g, ' ')
    .replaceAll(/\.(format|join|strip)\b|\b\w+\s*=(?!=)/g, ' ');
  const names = [outside, ...inFields].join(' ').match(/[A-Za-z_][\w.]*/g) ?? [];
  return names.every((name) => /^(\w+\.)*_*[A-Z][A-Z\d_]*$/.test(name) || name === 'len');
}
