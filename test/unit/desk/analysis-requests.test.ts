import { expect, test } from 'vitest';
import { completeAnalysisInput } from '../../../infra/desk/analysis-requests.ts';
import { listConfiguredAnalyses } from '../../../lib/flows/component-analysis/configured-components.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

const config = {
  folder: '/src/project',
  config: parseConfig({
    repositories: [
      { name: 'acme/shop', components: { orders: ['orders/**'], web: ['web/**'] } },
      { name: 'acme/mail', source: '../mail', components: { web: ['src/**'] } },
    ],
  }),
};

test('sources are resolved against the folder of the configuration', () => {
  const paths = listConfiguredAnalyses(config).map(({ component, source }) => [component, source]);
  expect(paths).toEqual([
    ['orders', { kind: 'folder', path: '/src/project' }],
    ['web', { kind: 'folder', path: '/src/project' }],
    ['web', { kind: 'folder', path: '/src/mail' }],
  ]);
});

test('a source can be the repository of that name on GitHub, at its default branch or another ref', () => {
  const repository = { name: 'acme/shop', source: 'github', components: { lib: ['lib'] } };
  const sources = [repository, { ...repository, ref: 'v1' }].map((configured) => {
    const onGithub = { folder: '/src', config: parseConfig({ repositories: [configured] }) };
    return completeAnalysisInput(onGithub, { component: 'lib' }).source;
  });
  expect(sources).toEqual([
    { kind: 'github', repository: 'acme/shop', ref: null },
    { kind: 'github', repository: 'acme/shop', ref: 'v1' },
  ]);
});

test('a component alone is completed from the configuration', () => {
  expect(completeAnalysisInput(config, { component: 'orders' })).toEqual({
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders/**'],
    source: { kind: 'folder', path: '/src/project' },
  });
});

test('agents are asked for beside the name of a component', () => {
  const named = completeAnalysisInput(config, { component: 'orders', agents: true });
  expect(named).toMatchObject({ paths: ['orders/**'], agents: true });
});

test('the repository tells two components of one name apart', () => {
  expect(() => completeAnalysisInput(config, { component: 'web' })).toThrow(
    'Several repositories have a component "web": acme/shop, acme/mail. Name one.',
  );
  const named = completeAnalysisInput(config, { component: 'web', repository: 'acme/mail' });
  expect(named.source).toEqual({ kind: 'folder', path: '/src/mail' });
});

test('a complete input passes, an incomplete one is refused by path', () => {
  const complete = {
    repository: 'any',
    component: 'x',
    paths: ['**'],
    source: { kind: 'folder', path: '/src' },
  };
  expect(completeAnalysisInput(config, complete)).toEqual(complete);
  expect(() => completeAnalysisInput(config, { ...complete, paths: [] })).toThrow('paths:');
});

test('an unknown component is refused with those that are configured', () => {
  expect(() => completeAnalysisInput(config, { component: 'nope' })).toThrow(
    'There is no component "nope". Configured: orders, web, web.',
  );
});
