import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../../lib/analysis/facts.ts';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { findUnusedSymbols } from '../../../../lib/analysis/symbols/unused-symbols.ts';
import { buildDefinition, buildExport, buildFacts } from '../../../builders/facts.ts';

const door = buildFacts('pkg/__init__.py', { exports: [buildExport('start')] });

/** Severities of what nobody uses in a module with this one class. */
function severitiesIn(path: string, name: string, others: FileFacts[]): (string | undefined)[] {
  const definitions = [buildDefinition(name, { kind: 'class', exported: true })];
  const facts = [buildFacts(path, { definitions }), ...others];
  const resolved = resolveImports(facts, []);
  return findUnusedSymbols({ facts, resolved, manifests: [], referencesComplete: true }).map(
    ({ severity }) => severity,
  );
}

describe('what nobody uses in a package that offers names at its door', () => {
  it('is worth knowing where it is public: others may use it', () => {
    expect(severitiesIn('pkg/align.py', 'Center', [door])).toEqual(['info']);
  });

  it.each([
    ['by its name', 'pkg/align.py', '_Center', [door]],
    ['by its module', 'pkg/_align.py', 'Center', [door]],
    ['in a package that offers nothing', 'pkg/align.py', 'Center', [buildFacts('pkg/__init__.py')]],
    ['in a service', 'pkg/align.py', 'Center', [door, buildFacts('gunicorn.conf.py')]],
  ])('is unused where it is private, %s', (_title, ...[path, name, others]) => {
    expect(severitiesIn(path, name, others)).not.toContain('info');
    expect(severitiesIn(path, name, others)).toHaveLength(1);
  });
});

it('leaves alone what a library of Python asks a class for', () => {
  const facts = [
    buildFacts('app/a.py', {
      definitions: [
        buildDefinition('A', { kind: 'class' }),
        ...['from_param', 'from_text'].map((name) =>
          buildDefinition(name, { kind: 'method', qualifiedName: `A.${name}`, topLevel: false }),
        ),
      ],
      identifiers: { A: 1 },
    }),
  ];
  const resolved = resolveImports(facts, []);
  const hits = findUnusedSymbols({ facts, resolved, manifests: [], referencesComplete: true });

  expect(hits.map(({ symbol }) => symbol)).toEqual(['A.from_text']);
});
