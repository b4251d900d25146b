import { expect, test } from 'vitest';
import { serverError } from '../../support/faulty-answers.ts';
import { gate, inState } from '../engine/engine-fixture.ts';
import { settleOwed, startWithLinear } from './answers-fixture.ts';

/** More often than all attempts of a run. */
const always = 1_000;

/** A host whose analyses wait, once they have begun, until they are let through. */
async function startHeldUp() {
  const held = gate();
  const begun = gate();
  const started = await startWithLinear({
    change: (tasks) => ({
      getComponentFiles: async (request, log) => {
        begun.open();
        await held.passed;
        return tasks.getComponentFiles(request, log);
      },
    }),
  });
  return { ...started, begun, held };
}

test('as long as its run goes on, nothing counts as owed', async () => {
  const { begun, held, host, input } = await startHeldUp();
  const runId = await host.start(input);
  await begun.passed;
  expect(await settleOwed(host)).toBe(0);
  held.open();
  await host.engine.waitForRun(runId);
  expect(await settleOwed(host)).toBe(0);
});

test('the issue of a run that was stopped says so, and is where it was', async () => {
  const { begun, host, input, linear } = await startHeldUp();
  const runId = await host.start(input);
  await begun.passed;
  expect(linear.issue('ENG-1').state).toBe('In Progress');

  await host.engine.stop(runId, 'Stopped by hand');

  expect(await settleOwed(host)).toBe(1);
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining('Stopped by hand') }],
  });
  expect(await settleOwed(host)).toBe(0);
});

test('a report that could not be shown is shown later, also by another process', async () => {
  const { host, input, linear, restart } = await startWithLinear();
  linear.script([{ answer: serverError(), times: always }]);
  const runId = await host.start(input);
  const waiting = await inState(host.engine, runId, 'waiting');
  expect(waiting.tasks.map(({ name, state }) => [name, state])).toEqual([
    ['answer: begin', 'succeeded'],
    ['get component files', 'succeeded'],
    ['analyse code quality', 'succeeded'],
    ['analyse architecture', 'succeeded'],
    ['analyse integration points', 'succeeded'],
    ['report', 'succeeded'],
    ['answer: ENG-1', 'waiting'],
  ]);
  await expect(host.services.answers.listOwed()).resolves.toEqual([]);
  await host.engine.stop(runId, 'No time left');
  await host.close();

  const later = restart();
  await expect(settleOwed(later)).rejects.toThrow(/Linear/);
  linear.clearScript();
  await later.close();
  expect(await settleOwed(restart())).toBe(1);
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining('first report') }],
    attachments: [{ title: 'Component analysis of orders' }],
  });
  expect(linear.requests.length).toBeLessThanOrEqual(12 + 12 + 2);
});

test('an answer that is lost on its way makes nothing a second time', async () => {
  const { host, input, linear } = await startWithLinear();
  linear.script([
    { answer: { kind: 'reset' }, when: ({ kind }) => kind === 'mutation', carriedOut: true },
  ]);
  linear.script([
    {
      answer: { kind: 'reset' },
      when: ({ fields, kind }) => kind === 'mutation' && fields.includes('attachmentCreate'),
      carriedOut: true,
    },
  ]);
  await host.analyse(input);
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining('first report') }],
    attachments: [{ title: 'Component analysis of orders' }],
  });
});

test('an earlier run writes nothing over the answer of a newer one', async () => {
  const held = gate();
  const begun = gate();
  let isFirst = true;
  const { host, input, linear } = await startWithLinear({
    change: (tasks) => ({
      getComponentFiles: async (request, log) => {
        if (isFirst) {
          isFirst = false;
          begun.open();
          await held.passed;
        }
        return tasks.getComponentFiles(request, log);
      },
    }),
  });
  const earlier = await host.start(input);
  await begun.passed;
  const newer = await host.analyse(input);
  const shown = linear.issue('ENG-1');
  held.open();
  const run = await host.engine.waitForRun(earlier);

  expect(run.result).toMatchObject({ answers: [{ place: 'ENG-1', state: 'superseded' }] });
  expect(linear.issue('ENG-1')).toEqual(shown);
  expect(shown).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining(newer.id) }],
  });
});

test.each([403, 404, 408])('a page of a proxy (%i) costs no answer', async (status) => {
  const { host, input, linear } = await startWithLinear();
  const page = { status, headers: { 'content-type': 'text/html' }, body: '<html>blocked</html>' };
  const isAtEnd = () => linear.requests.length >= 2;
  linear.script([{ answer: { kind: 'answer', ...page }, when: isAtEnd }]);
  const run = await host.analyse(input);
  expect(run.result).toMatchObject({ answers: [{ place: 'ENG-1', state: 'shown' }] });
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining('first report') }],
  });
});

test('an issue that is gone fails no analysis, and is asked for no oftener than hourly', async () => {
  const { host, input } = await startWithLinear();
  const gone = { kind: 'linear-issue', id: crypto.randomUUID(), identifier: 'ENG-404' };
  const run = await host.analyse({ ...input, origin: gone });
  expect(run).toMatchObject({
    state: 'succeeded',
    hasReport: true,
    result: {
      answers: [{ place: 'ENG-404', state: 'owed', why: expect.stringContaining('no issue') }],
    },
  });
  expect(await settleOwed(host)).toBe(1);
  expect(await settleOwed(host)).toBe(0);
});
