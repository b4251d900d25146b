import { expect, test } from 'vitest';
import { startGraphOf } from '../../support/import-graph.ts';

test('cicd --help loads the texts of commands, and nothing of what they do', () => {
  const { modules, outside } = startGraphOf('infra/cli/main.ts');
  expect([...outside]).toEqual(['commander']);
  expect([...modules].filter((file) => file.startsWith('infra/cli/commands/'))).toHaveLength(15);
  expect(modules.size).toBeLessThan(30);
});

const asking = ['agents', 'deliveries', 'pause', 'runs', 'schedules', 'usage'];

test.each(asking)('cicd %s asks a host, and loads no engine and no client of a service', (name) => {
  const { modules, outside } = startGraphOf(`infra/cli/actions/${name}.ts`);
  const packages = [...outside].filter((specifier) => !specifier.startsWith('node:'));
  expect(packages.toSorted().join()).toMatch(/^(commander,)?zod$/);
  const heavy = /^lib\/(adapters|analysis)\/|^infra\/local\/engine\//;
  expect([...modules].filter((file) => heavy.test(file))).toEqual([]);
  expect(modules.size).toBeLessThan(70);
});
