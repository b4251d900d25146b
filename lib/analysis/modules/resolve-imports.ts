import type { Language, ManifestFile } from '../../domain/source.ts';
import type { FileFacts } from '../facts.ts';
import { createPythonResolver } from './python-modules.ts';
import type { ResolvedImports, Resolver } from './resolved-imports.ts';
import { createScriptResolver } from './script-modules.ts';

/**
 * Finds the module behind every import of the source. Knows no more of the file system than the
 * paths of `facts`, and no settings but those in `manifests`.
 */
export function resolveImports(
  facts: readonly FileFacts[],
  manifests: readonly ManifestFile[],
): ResolvedImports {
  const pathsOf = (wanted: (language: Language) => boolean) =>
    facts.filter(({ language }) => wanted(language)).map(({ path }) => path);
  const python = createPythonResolver(
    pathsOf((language) => language === 'python'),
    manifests,
  );
  const script = createScriptResolver(
    pathsOf((language) => language !== 'python'),
    manifests,
  );

  const resolved: ResolvedImports = { inside: [], outside: [] };
  for (const file of facts) {
    addImportsOf(file, file.language === 'python' ? python : script, resolved);
  }
  return resolved;
}

function addImportsOf(file: FileFacts, resolve: Resolver, resolved: ResolvedImports): void {
  for (const statement of file.imports) {
    for (const resolution of resolve(file.path, statement)) {
      if (resolution.origin !== 'module') {
        resolved.outside.push({ ...resolution, from: file.path, statement });
      } else if (resolution.path !== file.path) {
        const { path: to, names } = resolution;
        resolved.inside.push({ from: file.path, to, names, statement });
      }
    }
  }
}
