import { expect, test } from 'vitest';
import { wantedReport } from '../../../../lib/flows/answers/wanted-report.ts';
import type { ConfiguredAnalysis } from '../../../../lib/flows/component-analysis/configured-components.ts';
import { parseConfig } from '../../../../lib/runtime/config.ts';

const config = parseConfig({
  repositories: [
    {
      name: 'Acme/Shop',
      source: 'github',
      ref: 'main',
      githubReport: 'check-run',
      components: { orders: ['orders', 'shared/**'] },
    },
    {
      name: 'acme/site',
      source: 'checkouts/site',
      githubReport: 'issue',
      components: { pages: ['pages'] },
    },
  ],
});

const shop: ConfiguredAnalysis = {
  repository: 'acme/shop',
  component: 'orders',
  paths: ['orders', 'shared/**'],
  source: { kind: 'github', repository: 'acme/shop', ref: 'main' },
};
const site: ConfiguredAnalysis = {
  repository: 'acme/site',
  component: 'pages',
  paths: ['pages'],
  source: { kind: 'folder', path: '/work/checkouts/site' },
};

const reportOf = (analysis: ConfiguredAnalysis) =>
  wantedReport(analysis, { config, folder: '/work' });

test.each([
  ['a branch', shop],
  ['a commit of it', { ...shop, source: { ...shop.source, atCommit: 'a'.repeat(40) } }],
])('what is configured is shown: %s', (_case, analysis) => {
  expect(reportOf(analysis)).toBe('check-run');
});

test('so is a configured folder', () => {
  expect(reportOf(site)).toBe('issue');
});

test.each<[string, ConfiguredAnalysis]>([
  ['a repository', { ...shop, repository: 'acme/other' }],
  ['a component', { ...shop, component: 'sales' }],
  ['a path', { ...shop, paths: ['orders'] }],
  ['a ref', { ...shop, source: { kind: 'github', repository: 'acme/shop', ref: null } }],
  ['a source', { ...shop, source: { kind: 'github', repository: 'acme/fork', ref: 'main' } }],
  ['a kind of source', { ...shop, source: site.source }],
  ['a folder', { ...site, source: { kind: 'folder', path: '/home/me/site' } }],
])('what is configured otherwise is shown nowhere: %s', (_case, analysis) => {
  expect(reportOf(analysis)).toBe('none');
});
