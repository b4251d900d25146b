import { describe, expect, it } from 'vitest';
import type { ImportFact } from '../../../../lib/analysis/facts.ts';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { buildFacts, buildImport } from '../../../builders/facts.ts';
import { buildManifest } from '../../../builders/manifest.ts';

/** Resolves one statement in `from`, among files at `paths`. */
function resolve(from: string, statement: ImportFact, paths: string[]) {
  const facts = [
    buildFacts(from, { imports: [statement] }),
    ...paths.filter((path) => path.endsWith('.py')).map((path) => buildFacts(path)),
  ];
  const manifests = paths
    .filter((path) => path.endsWith('.toml'))
    .map((path) => buildManifest(path));
  const { inside, outside } = resolveImports(facts, manifests);
  return {
    inside: inside.map(({ to, names }) => [to].concat(names.map(({ name }) => name))),
    outside: outside.map((one) => [one.origin, one.package]),
  };
}

describe('Python imports', () => {
  it('finds a module from the root of the source', () => {
    const found = resolve('run.py', buildImport('shop.cart'), ['shop/__init__.py', 'shop/cart.py']);
    expect(found).toEqual({ inside: [['shop/cart.py', '*']], outside: [] });
  });

  it.each(['src', 'services/api/src', 'lib'])('starts from the source folder %s', (folder) => {
    const found = resolve(`${folder}/run.py`, buildImport('shop.cart', { names: ['Cart'] }), [
      `${folder}/shop/__init__.py`,
      `${folder}/shop/cart.py`,
    ]);
    expect(found.inside).toEqual([[`${folder}/shop/cart.py`, 'Cart']]);
  });

  it('starts from a folder with a pyproject.toml, also without __init__.py', () => {
    const found = resolve('backend/run.py', buildImport('shop.cart'), [
      'backend/shop/cart.py',
      'backend/pyproject.toml',
    ]);
    expect(found.inside).toEqual([['backend/shop/cart.py', '*']]);
  });

  it('tells modules from names in one statement', () => {
    const statement = buildImport('shop', { names: ['cart', 'VERSION'] });
    const found = resolve('run.py', statement, ['shop/__init__.py', 'shop/cart.py']);
    expect(found.inside).toEqual([
      ['shop/cart.py', '*'],
      ['shop/__init__.py', 'VERSION'],
    ]);
  });

  it.each([
    ['.', ['cart'], [['shop/cart.py', '*']]],
    ['.', ['VERSION'], [['shop/__init__.py', 'VERSION']]],
    ['.cart', ['Cart'], [['shop/cart.py', 'Cart']]],
    ['..tools', ['log'], [['tools/__init__.py', 'log']]],
    ['..tools.text', ['trim'], [['tools/text.py', 'trim']]],
  ])('follows the dots of %s with %j', (specifier, names, expected) => {
    const found = resolve('shop/order.py', buildImport(specifier, { names }), [
      'shop/__init__.py',
      'shop/cart.py',
      'tools/__init__.py',
      'tools/text.py',
    ]);
    expect(found).toEqual({ inside: expected, outside: [] });
  });

  it('climbs to packages above and to the root', () => {
    const paths = ['shop/__init__.py', 'shop/deep/__init__.py', '__init__.py', 'shop/cart.py'];
    const from = 'shop/deep/order.py';
    expect(resolve(from, buildImport('..', { names: ['VERSION', 'cart'] }), paths).inside).toEqual([
      ['shop/cart.py', '*'],
      ['shop/__init__.py', 'VERSION'],
    ]);
    expect(resolve(from, buildImport('...', { names: ['ROOT'] }), paths).inside).toEqual([
      ['__init__.py', 'ROOT'],
    ]);
  });

  it('finds the script beside it, and prefers the nearer of two with one name', () => {
    const found = resolve('jobs/nightly.py', buildImport('shared'), [
      'jobs/shared.py',
      'tools/shared.py',
    ]);
    expect(found.inside).toEqual([['jobs/shared.py', '*']]);
  });

  it('does not take a loose script elsewhere for a library of the same name', () => {
    const found = resolve('app/main.py', buildImport('yaml'), ['scripts/yaml.py']);
    expect(found).toEqual({ inside: [], outside: [['package', 'yaml']] });
  });

  it('knows the standard library, and what a folder of the source hides of it', () => {
    const paths = ['test/__init__.py', 'test/support.py', 'logging.py'];
    expect(resolve('run.py', buildImport('logging'), paths).outside).toEqual([
      ['builtin', 'logging'],
    ]);
    expect(resolve('run.py', buildImport('test.support'), paths).inside).toEqual([
      ['test/support.py', '*'],
    ]);
  });

  it('calls a missing module of a package of the source unresolved, not a library', () => {
    const found = resolve('run.py', buildImport('shop.cart_pb2'), ['shop/__init__.py']);
    expect(found).toEqual({ inside: [], outside: [['unresolved', 'shop']] });
  });

  it('prefers a package to a module of the same name', () => {
    const found = resolve('run.py', buildImport('shop'), ['shop.py', 'shop/__init__.py']);
    expect(found.inside).toEqual([['shop/__init__.py', '*']]);
  });
});
