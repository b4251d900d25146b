import description from '../../../package.json' with { type: 'json' };

/** Modules that run in threads of their own have names, by which they are found here and in a bundle. */
export type ThreadName = keyof typeof description.imports;

/** Names of modules in the bundle, each with its source file from the project's root. */
export function threadSources(names: readonly ThreadName[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [moduleOf(name), description.imports[name]]));
}

/** The `package.json` of a bundle: under the same names it gives the bundled modules. */
export function describeBundle(names: readonly ThreadName[]): string {
  const imports = Object.fromEntries(names.map((name) => [name, `./${moduleOf(name)}.mjs`]));
  return JSON.stringify({ type: 'module', imports });
}

function moduleOf(name: ThreadName): string {
  return name.slice('#'.length);
}
