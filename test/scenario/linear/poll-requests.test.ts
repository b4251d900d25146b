import { expect, test } from 'vitest';
import { normaliseLinearEvent } from '../../../lib/adapters/linear/normalise-event.ts';
import type { BusEvent } from '../../../lib/domain/event.ts';
import type { PolledRequest } from '../../../lib/ports/issue-tracker.ts';
import type { WebhookPayload } from '../../support/linear/entities.ts';
import { actors, addIssue } from '../../support/linear/world.ts';
import { linearUnderTest } from './linear-under-test.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const label = 'Component-Analysis';

/** A workspace in which a second passes between what people do. */
async function workspace(seed: { issues?: string[] } = {}) {
  let now = start;
  const { server, tracker } = await linearUnderTest({ seed: { ...seed, now: () => now } });
  const act = (work: () => WebhookPayload) => {
    now += 1_000;
    return work();
  };
  const poll = async (since = start) =>
    await tracker.listRequests({ label, since: new Date(since).toISOString() });
  return { act, poll, server };
}

/** What rules decide on. */
type Told = Pick<BusEvent, 'type' | 'sender' | 'url' | 'linearIssue'>;

function toldBy(payload: WebhookPayload): Told {
  const received = { deliveryId: 'd', receivedAt: '2026-11-22T10:00:00.000Z', eventName: 'Issue' };
  const { type, sender, url, linearIssue } = normaliseLinearEvent(payload, received);
  return { type, sender, url, linearIssue };
}

function toldIn({ issue, sender, type, url }: PolledRequest): Told {
  return { type, sender, url, linearIssue: issue };
}

/** Change along with what a person changes; no rule looks at them. */
const besides = new Set(['updatedAt', 'startedAt']);

/** Orders count for no rule either. */
function comparable(told: Told): unknown {
  const { linearIssue: issue } = told;
  const { fields = [], ...changes } = issue?.changes ?? {};
  return {
    ...told,
    linearIssue: {
      ...issue,
      labels: issue?.labels.map(({ name }) => name).toSorted(),
      changes: { ...changes, fields: fields.filter((name) => !besides.has(name)).toSorted() },
    },
  };
}

test('what people did is told as webhooks tell it', async () => {
  const { act, poll, server } = await workspace();
  const payloads = [
    act(() => server.act.label('ENG-1', 'component-analysis')),
    act(() => server.act.assign('ENG-1', 'bob')),
    act(() => server.act.rename('ENG-1', 'Analyse billing', { by: 'bob' })),
    act(() => server.act.label('ENG-1', 'analysed')),
    act(() => server.act.move('ENG-1', 'Done')),
    act(() => server.act.move('ENG-1', 'Todo')),
    act(() => server.act.assign('ENG-1', null)),
    act(() => server.act.unlabel('ENG-1', 'component-analysis')),
    act(() => server.act.label('ENG-1', 'component-analysis', { by: 'guest' })),
    act(() => server.act.createIssue({ title: 'Analyse carts', labels: ['component-analysis'] })),
  ];

  const { requests } = await poll();

  expect(requests.map((request) => comparable(toldIn(request)))).toEqual(
    payloads.map((payload) => comparable(toldBy(payload))),
  );
});

test('a creation is told with the labels that the issue was made with', async () => {
  const { act, poll, server } = await workspace();
  act(() => server.act.createIssue({ title: 'Analyse carts' }));
  act(() => server.act.label('ENG-2', 'component-analysis'));
  const { requests } = await poll();
  expect(requests.map(({ type, issue }) => [type, issue.labels.length])).toEqual([
    ['Issue.create', 0],
    ['Issue.update', 1],
  ]);
});

test('what apps, integrations and external users did is not told', async () => {
  const { act, poll, server } = await workspace();
  act(() => server.act.label('ENG-1', 'component-analysis', { by: 'integration' }));
  act(() => server.act.assign('ENG-1', 'bob', { by: 'app' }));
  act(() => server.act.rename('ENG-1', 'Analyse billing', { by: 'external' }));
  for (const by of ['app', 'integration', 'external'] as const) {
    act(() => server.act.createIssue({ title: 'Mine', labels: ['component-analysis'] }, { by }));
  }
  expect((await poll()).requests).toEqual([]);
});

test('issues without the label, closed ones and earlier changes are not told', async () => {
  const { act, poll, server } = await workspace({ issues: ['One', 'Two', 'Three'] });
  act(() => server.act.rename('ENG-1', 'No label'));
  act(() => server.act.label('ENG-2', 'component-analysis'));
  act(() => server.act.move('ENG-2', 'Done'));
  const early = act(() => server.act.label('ENG-3', 'component-analysis'));
  const late = act(() => server.act.assign('ENG-3', 'bob'));
  const since = Date.parse(toldBy(early).linearIssue?.updatedAt ?? '');
  const { requests } = await poll(since);
  expect(requests.map(({ issue }) => issue.updatedAt)).toEqual([
    toldBy(late).linearIssue?.updatedAt,
  ]);
});

test('the next poll begins where this one ended', async () => {
  const { act, poll, server } = await workspace();
  act(() => server.act.label('ENG-1', 'component-analysis'));
  const first = await poll();
  expect(first).toMatchObject({ next: '2026-11-22T10:00:01.000Z' });
  const second = await poll(Date.parse(first.next));
  expect(second).toEqual({ requests: [], next: first.next });
});

test('many issues are read in pages, those changed first before the others', async () => {
  const { act, poll, server } = await workspace();
  const labelIds = [server.world.labels[0]?.id ?? ''];
  for (let number = 2; number <= 320; number += 1) {
    act(() => {
      addIssue(server.world, { title: `Issue ${number}`, labelIds, creator: actors.bob });
      return {};
    });
  }
  const first = await poll();
  expect(first.requests).toHaveLength(300);
  expect(server.requests).toHaveLength(12);
  const second = await poll(Date.parse(first.next));
  const told = [...first.requests, ...second.requests].map(({ issue }) => issue.identifier);
  expect(new Set(told).size).toBe(319);
});

test('all changes of one issue are found, also more than one page', async () => {
  const { act, poll, server } = await workspace();
  act(() => server.act.label('ENG-1', 'component-analysis'));
  for (let number = 1; number <= 120; number += 1) {
    act(() => server.act.rename('ENG-1', `Title ${number}`));
  }
  const { requests } = await poll();
  expect(requests).toHaveLength(121);
  expect(requests[0]?.issue).toMatchObject({
    title: 'Analyse orders',
    changes: { fields: ['labelIds'], previousLabelIds: [] },
  });
  expect(server.requests).toHaveLength(5);
});
