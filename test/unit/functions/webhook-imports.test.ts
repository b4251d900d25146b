import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

interface ImportGraph {
  /** Own modules, by their paths from the project's root. */
  modules: Set<string>;
  /** Packages and modules of Node. */
  outside: Set<string>;
}

const imported = /(?:\bfrom\s+|^import\s+|\bimport\()'([^'\n]+)'/gm;

/** What is loaded at run time: imports of types are gone by then. */
function walkImports(file: string, graph: ImportGraph): ImportGraph {
  graph.modules.add(file);
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  for (const [, specifier = ''] of code.matchAll(imported)) {
    if (!specifier.startsWith('.')) {
      graph.outside.add(specifier);
      continue;
    }
    const next = normalize(join(dirname(file), specifier));
    if (!graph.modules.has(next)) walkImports(next, graph);
  }
  return graph;
}

const emptyGraph = (): ImportGraph => ({ modules: new Set(), outside: new Set() });

test('an import of a package is seen', () => {
  const { modules, outside } = walkImports('lib/domain/event.ts', emptyGraph());
  expect([...outside]).toEqual(['zod']);
  expect([...modules]).toContain('lib/domain/event-limits.ts');
});

test.each(['functions/github-webhook.ts', 'functions/linear-webhook.ts'])(
  '%s starts without a package: a sender waits for it',
  (file) => {
    const { modules, outside } = walkImports(file, emptyGraph());
    expect([...outside]).toEqual(['node:crypto']);
    expect(modules.size).toBeGreaterThan(10);
    expect(modules.size).toBeLessThan(20);
  },
);
