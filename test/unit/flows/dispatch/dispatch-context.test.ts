import { expect, test } from 'vitest';
import { createDispatchContext } from '../../../../lib/flows/dispatch/dispatch-context.ts';
import { parseConfig } from '../../../../lib/runtime/config.ts';

const context = createDispatchContext(
  {
    folder: '/src/project',
    config: parseConfig({
      repositories: [
        {
          name: 'acme/shop',
          source: 'checkout',
          components: { orders: ['orders'], api: ['api/*.ts'] },
          analyseOnPush: true,
        },
        { name: 'acme/mail', components: { web: ['src/**'] } },
      ],
      linear: { analysisLabel: 'look at this', issues: { 'ENG-7': 'web' } },
    }),
  },
  'test',
);

test('says what the configuration says', () => {
  expect(context).toMatchObject({
    stack: 'test',
    analysisLabel: 'look at this',
    componentOfIssue: { 'ENG-7': 'web' },
    components: [
      {
        repository: 'acme/shop',
        component: 'orders',
        source: { kind: 'folder', path: '/src/project/checkout' },
        onPush: true,
      },
      { repository: 'acme/shop', component: 'api', onPush: true },
      { repository: 'acme/mail', component: 'web', onPush: false },
    ],
  });
});

test.each([
  ['orders/total.py', ['orders']],
  ['orders/.hidden/x', ['orders']],
  ['api/index.ts', ['api']],
  ['api/deep/index.ts', []],
  ['src/main.ts', ['web']],
  ['README.md', []],
  ['', []],
])('%j belongs to %j', (path, expected) => {
  const covering = context.components.filter((component) => context.covers(component, path));
  expect(covering.map(({ component }) => component)).toEqual(expected);
});

test('the hash has 64 hex digits and differs with the text', () => {
  expect(context.hash('a')).toMatch(/^[0-9a-f]{64}$/);
  expect(context.hash('a')).not.toBe(context.hash('b'));
});
