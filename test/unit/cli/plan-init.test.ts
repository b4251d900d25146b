import { expect, test } from 'vitest';
import { planComponentIssues } from '../../../infra/cli/linear-init/plan-init.ts';
import type { ConfiguredComponent } from '../../../lib/domain/dispatch/decision.ts';
import type { TrackedIssue } from '../../../lib/ports/issue-tracker.ts';

function component(name: string, repository = 'acme/shop'): ConfiguredComponent {
  const source = { kind: 'folder' as const, path: '/shop' };
  return { repository, component: name, paths: [`${name}/**`], source, onPush: false };
}

function issue(identifier: string, title: string): TrackedIssue {
  return {
    id: identifier,
    identifier,
    title,
    url: `https://linear.app/acme/issue/${identifier}`,
    updatedAt: '2026-03-01T12:00:00Z',
    closed: false,
    state: { id: 's1', name: 'Todo', type: 'unstarted' },
  };
}

test('an issue is found by what the configuration says, else by its title', () => {
  const children = [
    issue('ENG-8', 'Look at the orders'),
    issue('ENG-9', 'Billing review: billing'),
  ];
  const plan = planComponentIssues(
    [component('orders'), component('billing'), component('web')],
    children,
    {
      'ENG-8': 'orders',
    },
  );
  expect(plan.map(({ existing }) => existing?.identifier)).toEqual(['ENG-8', 'ENG-9', undefined]);
});

test('the title of a new issue names its component and no other', () => {
  const components = [component('lib'), component('lib', 'acme/site'), component('analysis')];
  expect(planComponentIssues(components, [], {}).map(({ title }) => title)).toEqual([
    'acme/shop/lib',
    'acme/site/lib',
    'Component analysis: analysis',
  ]);
});
