import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseArchitecture } from '../../../../lib/analysis/architecture/analyse-architecture.ts';
import type { FileFacts, ImportFact } from '../../../../lib/analysis/facts.ts';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { buildDefinition, buildExport, buildFacts, buildImport } from '../../../builders/facts.ts';

function analyse(facts: FileFacts[]) {
  return analyseArchitecture({ facts, resolved: resolveImports(facts, []) });
}

function hitsOf(facts: FileFacts[], rule: string) {
  return analyse(facts).hits.filter((hit) => hit.rule === rule);
}

function importing(path: string, ...imports: ImportFact[]): FileFacts {
  return buildFacts(path, { imports });
}

function edgesOf(imports: ImportFact[]) {
  return analyse([importing('a.ts', ...imports), importing('b.ts')]).graph.edges;
}

/** An import of `a.ts` on line 7. */
function back(overrides: Partial<ImportFact> = {}): ImportFact {
  return { ...buildImport('./a.ts', { names: ['a'], line: 7 }), ...overrides };
}

/** What is reported of `from … import …` in a source with the package `shop`. */
function privatesTaken(from: string, specifier: string, names: string[]) {
  const facts = [
    importing(from, buildImport(specifier, { names, line: 2 })),
    buildFacts('shop/__init__.py'),
    buildFacts('shop/_prices.py'),
    buildFacts('shop/cart.py'),
  ];
  return hitsOf(facts, 'private-import').map(({ symbol }) => symbol);
}

/** What is reported of an import in a source with private folders. */
function foldersEntered(from: string, specifier: string) {
  const others = [
    'web/cart/internal/rounding.ts',
    'web/cart/internal/index.ts',
    'web/cart/_rounding.ts',
    'web/internal.ts',
    'shop/prices/_private/vat.py',
  ];
  const facts = [
    importing(from, buildImport(specifier, { names: ['x'] })),
    ...others.filter((path) => path !== from).map((path) => buildFacts(path)),
  ];
  return hitsOf(facts, 'private-import').map(({ symbol }) => symbol);
}

/** A module that exports thirty classes with these bases. */
function offering(bases: string[]): FileFacts {
  const definitions = Array.from({ length: 41 }, (_, i) =>
    buildDefinition(`C${i}`, { kind: 'class', exported: true, bases }),
  );
  return buildFacts('a.py', { definitions });
}

describe('the module graph', () => {
  it('counts neighbours inside and outside the component, each once', () => {
    const { graph } = analyse([
      importing('lib/a.ts', buildImport('./b.ts'), buildImport('./b.ts'), buildImport('../x.ts')),
      importing('lib/b.ts'),
      { ...importing('x.ts', buildImport('./lib/b.ts')), inComponent: false },
    ]);
    expect(graph.modules.map((m) => [m.path, m.fanIn, m.fanOut, m.instability])).toEqual([
      ['lib/a.ts', 0, 2, 1],
      ['lib/b.ts', 2, 0, 0],
    ]);
    expect(graph.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'lib/a.ts lib/b.ts',
      'lib/a.ts x.ts',
      'x.ts lib/b.ts',
    ]);
  });

  it('marks an edge as type-only only if nothing else crosses', () => {
    const types = buildImport('./b.ts', { kind: 'type-only' });
    const both = [types, buildImport('./b.ts')];
    expect(edgesOf([types])).toEqual([{ from: 'a.ts', to: 'b.ts', typeOnly: true }]);
    expect(edgesOf(both)).toEqual([{ from: 'a.ts', to: 'b.ts', typeOnly: false }]);
  });

  it('keeps instability between 0 and 1, or null without neighbours', () => {
    const names = ['a', 'b', 'c', 'd'];
    const anyImports = fc.dictionary(
      fc.constantFrom(...names),
      fc.subarray(names).map((targets) => targets.map((name) => buildImport(`./${name}.ts`))),
    );
    fc.assert(
      fc.property(anyImports, (imports) => {
        const { graph } = analyse(names.map((n) => importing(`${n}.ts`, ...(imports[n] ?? []))));
        for (const { fanIn, fanOut, instability } of graph.modules) {
          const isInRange = instability !== null && instability >= 0 && instability <= 1;
          expect(isInRange).toBe(fanIn + fanOut > 0);
        }
      }),
    );
  });

  it('offers what the rest of the source takes, most used first, then what entries export', () => {
    const component = [
      buildFacts('lib/a.ts', {
        definitions: [buildDefinition('load', { line: 3, exported: true })],
        exports: [buildExport('load', { line: 3 }), buildExport('inner')],
      }),
      buildFacts('lib/index.ts', { exports: [buildExport('load', { local: null, from: './a' })] }),
    ];
    const user = importing('app.ts', buildImport('./lib/a.ts', { names: ['load'] }));
    const { graph } = analyse([...component, { ...user, inComponent: false }]);
    expect(graph.publicInterface).toEqual([
      { path: 'lib/a.ts', name: 'load', kind: 'function', line: 3, usedBy: 1 },
      { path: 'lib/index.ts', name: 'load', kind: 're-export', line: 1, usedBy: 0 },
    ]);
  });
});

describe('import-cycle', () => {
  const start = importing('a.ts', buildImport('./b.ts'));

  it('stands at the import that closes the circle', () => {
    const facts = [start, importing('b.ts', back())];
    expect(hitsOf(facts, 'import-cycle')).toMatchObject([{ path: 'b.ts', line: 7 }]);
    expect(analyse(facts).graph.cycles).toEqual([['a.ts', 'b.ts']]);
  });

  it.each([{ kind: 'type-only' as const }, { deferred: true }, { kind: 'dynamic' as const }])(
    'is none when one import of it does not run at load time: %j',
    (overrides) => {
      expect(hitsOf([start, importing('b.ts', back(overrides))], 'import-cycle')).toEqual([]);
    },
  );

  it('is none between declarations, which nobody loads', () => {
    const declared = [
      importing('a.d.ts', buildImport('./b')),
      importing('b.d.ts', buildImport('./a')),
    ];
    expect(hitsOf(declared, 'import-cycle')).toEqual([]);
  });

  it('stands inside the component when it leads through the rest', () => {
    const outside = { ...importing('b.ts', back()), inComponent: false };
    expect(hitsOf([start, outside], 'import-cycle')).toMatchObject([{ path: 'a.ts', line: 1 }]);
  });
});

describe('size and coupling', () => {
  const manyMethods = Array.from({ length: 31 }, (_, i) =>
    buildDefinition(`m${i}`, { kind: 'method', qualifiedName: `Big.m${i}`, topLevel: false }),
  );
  const big = buildDefinition('Big', { kind: 'class', line: 4, endLine: 200 });

  it('reports a class with very many methods, at its own line', () => {
    const facts = [buildFacts('a.py', { lines: 300, definitions: [big, ...manyMethods] })];
    expect(hitsOf(facts, 'oversized-class')).toMatchObject([{ line: 4, symbol: 'Big' }]);
  });

  it('leaves large tests alone', () => {
    const facts = [buildFacts('tests/test_a.py', { definitions: [big, ...manyMethods] })];
    expect(analyse(facts).hits).toEqual([]);
  });

  it('reports a long module of code, but no table of data', () => {
    const code = buildDefinition('run', { line: 1, endLine: 1100 });
    const long = { lines: 1200, codeLines: 1001 };
    expect(
      hitsOf([buildFacts('a.py', { ...long, definitions: [code] })], 'oversized-module'),
    ).toHaveLength(1);
    expect(hitsOf([buildFacts('a.py', long)], 'oversized-module')).toEqual([]);
  });

  it('tells a module once that one class fills', () => {
    const filling = buildDefinition('Big', { kind: 'class', line: 1, endLine: 1100 });
    const facts = buildFacts('a.py', { lines: 1200, codeLines: 1001, definitions: [filling] });
    expect(analyse([facts]).hits.map(({ rule }) => rule)).toEqual(['oversized-class']);
  });

  it('reports a wide interface, but no family of errors', () => {
    expect(hitsOf([offering([])], 'wide-interface')).toHaveLength(1);
    expect(hitsOf([offering(['ShopError'])], 'wide-interface')).toEqual([]);
  });

  it('reports the one module that imports far more than the others', () => {
    const parts = Array.from({ length: 20 }, (_, i) => importing(`p${i}.ts`));
    const imports = parts.map(({ path }) => buildImport(`./${path}`));
    const hits = hitsOf([importing('all.ts', ...imports), ...parts], 'high-coupling');
    expect(hits.map(({ path }) => path)).toEqual(['all.ts']);
    expect(hitsOf([importing('index.ts', ...imports), ...parts], 'high-coupling')).toEqual([]);
  });
});

describe('private-import', () => {
  it('reports private modules and names of another package', () => {
    expect(privatesTaken('orders/list.py', 'shop._prices', ['VAT'])).toEqual(['shop/_prices.py']);
    expect(privatesTaken('orders/list.py', 'shop.cart', ['_total', 'Cart'])).toEqual(['_total']);
    expect(privatesTaken('orders/list.py', 'requests._internal_utils', ['x'])).toEqual([
      '_internal_utils',
    ]);
  });

  it.each([
    ['web/report/invoice.ts', '../cart/internal/rounding.ts', 'web/cart/internal/rounding.ts'],
    ['web/app.ts', './cart/internal/rounding.ts', 'web/cart/internal/rounding.ts'],
    ['web/report/invoice.ts', '../cart/internal', 'web/cart/internal/index.ts'],
    ['web/report/invoice.ts', 'rxjs/internal/Observable', 'rxjs/internal/Observable'],
    ['shop/orders/list.py', '..prices._private.vat', 'shop/prices/_private/vat.py'],
    ['shop/orders/list.py', 'requests.internal.pool', 'requests.internal.pool'],
  ])('reports that %s reaches into a private folder: %s', (from, specifier, taken) => {
    expect(foldersEntered(from, specifier)).toEqual([taken]);
  });

  it.each([
    ['web/cart/totals.ts', './internal/rounding.ts'],
    ['web/cart/views/row.ts', '../internal/rounding.ts'],
    ['web/cart/internal/index.ts', './rounding.ts'],
    ['web/report/invoice.ts', '../cart/_rounding.ts'],
    ['web/report/invoice.ts', '../internal.ts'],
    ['web/report/invoice.ts', 'svelte/internal'],
    ['shop/prices/list.py', '._private.vat'],
    ['tests/test_rounding.ts', '../web/cart/internal/rounding.ts'],
  ])('lets %s import what is its own or no folder: %s', (from, specifier) => {
    expect(foldersEntered(from, specifier)).toEqual([]);
  });

  it('tells once that many reach into one private folder, and spares declarations', () => {
    const modules = Array.from({ length: 6 }, (_, i) => buildFacts(`web/cart/internal/m${i}.ts`));
    const users = (ending: string) =>
      modules.map((_, i) =>
        importing(`web/report/r${i}${ending}`, buildImport(`../cart/internal/m${i}`)),
      );

    expect(hitsOf([...users('.ts'), ...modules], 'private-import')).toHaveLength(1);
    expect(hitsOf([...users('.d.ts'), ...modules], 'private-import')).toEqual([]);
  });

  it('tells what many take once', () => {
    const users = Array.from({ length: 6 }, (_, i) =>
      importing(`orders/o${i}.py`, buildImport('shop._prices', { names: ['VAT'] })),
    );
    const hits = hitsOf([...users, buildFacts('shop/_prices.py')], 'private-import');
    expect(hits.map(({ path }) => path)).toEqual(['orders/o0.py']);
    expect(hits[0]?.message).toContain('5 more');
  });

  it.each([
    ['shop/order.py', 'shop._prices', ['VAT']],
    ['shop/deep/order.py', 'shop.cart', ['_total']],
    ['tests/test_cart.py', 'shop.cart', ['_total']],
    ['orders/list.py', 'shop.cart', ['__version__']],
    ['orders/list.py', '_thread', ['start']],
  ])('lets %s import from %s', (from, specifier, names) => {
    expect(privatesTaken(from, specifier, names)).toEqual([]);
  });
});
