import { describe, expect, it } from 'vitest';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { buildFacts, buildImport } from '../../../builders/facts.ts';
import { buildManifest } from '../../../builders/manifest.ts';

/** Where `specifier` leads from `from`: a path, or the origin and name of what is outside. */
function resolve(
  from: string,
  specifier: string,
  source: { paths?: string[]; manifests?: Record<string, unknown> } = {},
): string | undefined {
  const { inside, outside } = resolveImports(
    [
      buildFacts(from, { imports: [buildImport(specifier)] }),
      ...(source.paths ?? []).map((path) => buildFacts(path)),
    ],
    Object.entries(source.manifests ?? {}).map(([path, content]) => buildManifest(path, content)),
  );
  return [...inside.map(({ to }) => to), ...outside.map((o) => `${o.origin} ${o.package}`)][0];
}

describe('imports of TypeScript and JavaScript', () => {
  it.each([
    ['./cart.ts', 'src/cart.ts'],
    ['./cart', 'src/cart.ts'],
    ['./cart.js', 'src/cart.ts'],
    ['./view', 'src/view.tsx'],
    ['./view.js', 'src/view.tsx'],
    ['./cart?raw', 'src/cart.ts'],
    ['./tools', 'src/tools/index.ts'],
    ['../lib/log.mjs', 'lib/log.mts'],
    ['.', 'src/index.js'],
  ])('resolves %s to %s', (specifier, expected) => {
    const paths = [
      'src/cart.ts',
      'src/view.tsx',
      'src/tools/index.ts',
      'lib/log.mts',
      'src/index.js',
    ];
    expect(resolve('src/main.ts', specifier, { paths })).toBe(expected);
  });

  it.each([
    ['node:fs/promises', 'builtin node:fs'],
    ['fs', 'builtin fs'],
    ['bun:sqlite', 'builtin bun:sqlite'],
    ['lodash/fp', 'package lodash'],
    ['@scope/name/deep', 'package @scope/name'],
    ['./styles.css', 'unresolved ./styles.css'],
    ['@/components/button', 'unresolved @/components/button'],
  ])('takes %s for %s', (specifier, expected) => {
    expect(resolve('src/main.ts', specifier)).toBe(expected);
  });

  it('follows the paths of a tsconfig.json with comments, also through extends', () => {
    const source = {
      paths: ['web/src/cart.ts'],
      manifests: {
        'tsconfig.base.json':
          '{ /* shared */ "compilerOptions": { "paths": { "@shop/*": ["./web/src/*"], }, }, }',
        'web/tsconfig.json': { extends: '../tsconfig.base.json' },
      },
    };
    expect(resolve('web/src/main.ts', '@shop/cart', source)).toBe('web/src/cart.ts');
    expect(resolve('api/main.ts', '@shop/cart', source)).toBe('package @shop/cart');
  });

  it('starts bare names from the baseUrl', () => {
    const source = {
      paths: ['src/shop/cart.ts'],
      manifests: { 'tsconfig.json': { compilerOptions: { baseUrl: './src' } } },
    };
    expect(resolve('src/main.ts', 'shop/cart', source)).toBe('src/shop/cart.ts');
  });

  it('ends a circle of extends', () => {
    const manifests = {
      'tsconfig.json': { extends: './tsconfig.b.json' },
      'tsconfig.b.json': { extends: './tsconfig.json', compilerOptions: { baseUrl: '.' } },
    };
    expect(resolve('main.ts', 'cart', { paths: ['cart.ts'], manifests })).toBe('cart.ts');
  });

  it.each([
    ['@acme/ui', 'packages/ui/src/index.ts'],
    ['@acme/ui/button', 'packages/ui/src/button.ts'],
    ['@acme/core', 'packages/core/lib.ts'],
    ['@acme/core/deep/x', 'packages/core/parts/x.ts'],
  ])('finds %s of the same repository before any build', (specifier, expected) => {
    const source = {
      paths: [
        'packages/ui/src/index.ts',
        'packages/ui/src/button.ts',
        'packages/core/lib.ts',
        'packages/core/parts/x.ts',
      ],
      manifests: {
        'packages/ui/package.json': { name: '@acme/ui', main: './dist/index.js' },
        'packages/core/package.json': {
          name: '@acme/core',
          exports: { '.': { import: './lib.js' }, './deep/*': './parts/*.js' },
        },
      },
    };
    expect(resolve('app/main.ts', specifier, source)).toBe(expected);
  });

  it("follows a package's own imports", () => {
    const manifests = { 'package.json': { imports: { '#log': './src/log.js' } } };
    expect(resolve('src/main.js', '#log', { paths: ['src/log.js'], manifests })).toBe('src/log.js');
  });

  it('survives a package.json that is none', () => {
    expect(resolve('main.js', 'lodash', { manifests: { 'package.json': '{ broken' } })).toBe(
      'package lodash',
    );
  });
});
