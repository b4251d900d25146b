import { expect, test } from 'vitest';
import { resolveComponent } from '../../../infra/cli/resolve-component.ts';
import { componentPaths } from '../../../lib/flows/component-analysis/component-paths.ts';
import type { AnalysisInput } from '../../../lib/flows/component-analysis/input.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

const source = { kind: 'github', repository: 'acme/shop', ref: null } as const;

function resolve(
  name: string,
  { folders = [], paths = [] }: { folders?: string[]; paths?: string[] },
): Promise<AnalysisInput> {
  const config = { config: parseConfig({}), folder: '/project' };
  return resolveComponent({ name, paths, source }, config, async () => folders);
}

test('any name does together with globs', async () => {
  expect(await resolve('anything', { paths: ['**/*.py'] })).toEqual({
    repository: 'acme/shop',
    component: 'anything',
    paths: ['**/*.py'],
    source,
  });
});

test('a name is the one folder whose path ends in it', async () => {
  const folders = ['src', 'src/shop', 'src/shop/orders', 'src/shop/other', 'src/preorders'];
  expect(await resolve('shop/orders', { folders })).toMatchObject({ paths: ['src/shop/orders'] });
  expect(await resolve('./orders/', { folders })).toMatchObject({ component: 'orders' });
});

test('a folder whose name looks like a pattern is taken as it is', async () => {
  const { component, paths } = await resolve('./app/[id]/', { folders: ['app/[id]', 'app/i'] });
  expect(component).toBe('app/[id]');
  const taken = componentPaths(paths);
  expect(taken.includes('app/[id]/page.ts')).toBe(true);
  expect(taken.includes('app/i/b.ts')).toBe(false);
});

test('a name that is not one folder has the candidates told', async () => {
  const folders = ['a/orders', 'b/orders'];
  await expect(resolve('orders', { folders })).rejects.toThrow('  a/orders\n  b/orders');
  await expect(resolve('invoices', { folders })).rejects.toThrow(
    'There is no component and no folder "invoices" in acme/shop',
  );
});
