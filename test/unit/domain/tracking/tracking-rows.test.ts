import { expect, test } from 'vitest';
import {
  trackingRows,
  type TrackedComponents,
  type TrackingRow,
} from '../../../../lib/domain/tracking/tracking-rows.ts';
import { buildComponent } from '../../../builders/events.ts';
import { componentIssue, componentResult } from '../../../builders/tracking.ts';

/** `component: issues` of each row. */
function rowsOf(tracked: Partial<TrackedComponents>): string[] {
  const rows = trackingRows({
    components: [buildComponent('orders'), buildComponent('web')],
    componentOfIssue: {},
    children: [],
    resultOf: () => undefined,
    ...tracked,
  });
  return rows.map(describe);
}

function describe({ component, issues }: TrackingRow): string {
  const names = issues.map(({ identifier }) => identifier).join(' ');
  return `${component?.component ?? 'no component'}: ${names}`;
}

test('each component stands beside the sub-issue whose title names it', () => {
  const children = [
    componentIssue({ identifier: 'ENG-2', title: 'Component analysis: web' }),
    componentIssue({ identifier: 'ENG-3', title: 'Component analysis: orders' }),
  ];
  expect(rowsOf({ children })).toEqual(['orders: ENG-3', 'web: ENG-2']);
});

test('the configuration says more than the title', () => {
  const children = [componentIssue({ identifier: 'ENG-2', title: 'orders' })];
  expect(rowsOf({ children, componentOfIssue: { 'ENG-2': 'acme/shop/web' } })).toEqual([
    'orders: ',
    'web: ENG-2',
  ]);
});

test('issues about no single component come last, each on its own', () => {
  const children = [
    componentIssue({ identifier: 'ENG-2', title: 'Write the docs' }),
    componentIssue({ identifier: 'ENG-3', title: 'orders and web' }),
    componentIssue({ identifier: 'ENG-4', title: 'web' }),
  ];
  expect(rowsOf({ children })).toEqual([
    'orders: ',
    'web: ENG-4',
    'no component: ENG-2',
    'no component: ENG-3',
  ]);
});

test('several issues of one component share its row, open ones first', () => {
  const children = [
    componentIssue({ identifier: 'ENG-2', title: 'orders', closed: true }),
    componentIssue({ identifier: 'ENG-3', title: 'orders' }),
  ];
  expect(rowsOf({ children })).toEqual(['orders: ENG-3 ENG-2', 'web: ']);
});

test('each component gets its own result', () => {
  const result = componentResult();
  const [orders, web] = trackingRows({
    components: [buildComponent('orders'), buildComponent('web')],
    componentOfIssue: {},
    children: [],
    resultOf: ({ component }) => (component === 'orders' ? result : undefined),
  });
  expect([orders?.result, web?.result]).toEqual([result, undefined]);
});
