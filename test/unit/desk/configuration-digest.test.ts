import { expect, test } from 'vitest';
import {
  configurationDigest,
  deployedConfigurationDigest,
} from '../../../infra/desk/configuration-digest.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';

const components = { orders: ['orders/**'], payments: ['payments/**'] };
const { orders, payments } = components;
const one = parseConfig({ repositories: [{ name: 'acme/shop', components }] });
const reordered = parseConfig({
  repositories: [{ components: { payments, orders }, name: 'acme/shop' }],
});
const other = parseConfig({ repositories: [{ name: 'acme/shop', components: { orders } }] });

test('the order of its parts makes no other configuration, another part does', () => {
  expect(deployedConfigurationDigest(reordered)).toBe(deployedConfigurationDigest(one));
  expect(deployedConfigurationDigest(other)).not.toBe(deployedConfigurationDigest(one));
});

test('in the cloud it makes no difference where the file lay, on a machine it does', () => {
  const here = configurationDigest({ config: one, folder: '/here' });
  expect(configurationDigest({ config: reordered, folder: '/here' })).toBe(here);
  expect(configurationDigest({ config: one, folder: '/there' })).not.toBe(here);
  expect(here).toMatch(/^[0-9a-f]{16}$/);
});
