import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideDispatch } from '../../../../lib/domain/dispatch/decide.ts';
import type { BusEvent } from '../../../../lib/domain/event.ts';
import {
  buildComponent,
  buildDispatchContext,
  buildEvent,
  buildIssueEvent,
  buildPush,
} from '../../../builders/events.ts';

const context = buildDispatchContext();

function runsOf(event: BusEvent, within = context) {
  return decideDispatch(event, within).filter((decision) => decision.kind === 'run');
}

test('what no rule is about is ignored by its name', () => {
  expect(decideDispatch(buildEvent({ type: 'issue_comment.created' }), context)).toEqual([
    { kind: 'ignored', reason: 'nothing listens to issue_comment.created' },
  ]);
});

test('the ping of a new webhook is told to have arrived', () => {
  expect(decideDispatch(buildEvent({ type: 'ping' }), context)).toEqual([
    { kind: 'ignored', reason: 'GitHub tells that the webhook works' },
  ]);
});

/** What differs between deliveries of the same cause: several hooks, retries, another sender. */
const envelope = fc.record({
  deliveryId: fc.uuid(),
  receivedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  url: fc.option(fc.webUrl()),
  subject: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string({ maxLength: 10 })),
  authorAssociation: fc.option(fc.constantFrom('OWNER', 'NONE')),
  sender: fc.record({ login: fc.string({ maxLength: 20 }), type: fc.constant('user') }),
});

const causes = fc.oneof(
  fc
    .record({
      title: fc.string({ maxLength: 300 }),
      id: fc.uuid(),
      updatedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    })
    .map((issue) => buildIssueEvent(issue)),
  fc
    .record({
      after: fc.stringMatching(/^[0-9a-f]{40}$/),
      changedPaths: fc.option(fc.array(fc.constantFrom('orders/a', 'web/b'), { minLength: 1 })),
    })
    .map((push) => buildPush(push)),
);

test('deliveries of the same cause have the same names and inputs, whatever else differs', () => {
  fc.assert(
    fc.property(causes, envelope, envelope, (event, one, other) => {
      const first = runsOf({ ...event, ...one });
      const second = runsOf({ ...event, ...other });
      expect(first.length).toBeGreaterThan(0);
      // The engine compares inputs as JSON, in the order of their fields.
      expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    }),
  );
});

const componentName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,150}$/);

test('names of runs are valid whatever the components and the stack are called', () => {
  fc.assert(
    fc.property(causes, componentName, fc.string(), (event, name, stack) => {
      const components = [buildComponent(name), buildComponent('x', { paths: ['**'] })];
      const runs = runsOf(event, buildDispatchContext({ components, stack, covers: () => true }));
      expect(runs.length).toBeGreaterThan(0);
      for (const run of runs) expect(run.name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    }),
  );
});

const nested = (repository: string, component: string) =>
  buildDispatchContext({
    components: [buildComponent(component, { repository })],
    covers: () => true,
  });
const pushTo = (name: string) => buildPush({}, { repository: { name, defaultBranch: 'main' } });

test('stacks, repositories, components, commits and times of a change tell causes apart', () => {
  const runs = [
    runsOf(buildPush()),
    runsOf(buildPush(), buildDispatchContext({ stack: 'other' })),
    runsOf(buildPush({ after: 'b'.repeat(40) })),
    runsOf(pushTo('acme/a'), nested('acme/a', 'b/c')),
    runsOf(pushTo('acme/a/b'), nested('acme/a/b', 'c')),
    runsOf(buildIssueEvent()),
    runsOf(buildIssueEvent({ updatedAt: '2026-11-22T09:59:59.000Z' })),
    runsOf(buildIssueEvent({ id: 'another' })),
    runsOf(buildIssueEvent({ title: 'Analyse web' })),
    runsOf(buildIssueEvent({ title: 'Analyse nothing' })),
  ];
  const names = runs.flat().map((run) => run.name);
  expect(names).toHaveLength(runs.length);
  expect(new Set(names).size).toBe(names.length);
});
