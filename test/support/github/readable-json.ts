const lineWidth = 100;

/** JSON for a fixture: what fits into a line stands in one, so that it stays small and a diff readable. */
export function readableJson(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return line;
  if (indent.length + line.length <= lineWidth) return line;
  const inner = `${indent} `;
  const join = (parts: string[]) => parts.join(`,\n${inner}`);
  if (Array.isArray(value)) {
    const items = value.map((item) => readableJson(item, inner));
    return `[\n${inner}${join(items)}\n${indent}]`;
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${JSON.stringify(name)}: ${readableJson(field, inner)}`);
  return `{\n${inner}${join(fields)}\n${indent}}`;
}
