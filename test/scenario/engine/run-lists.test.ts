import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrations } from '../../../infra/local/engine/migrations.ts';
import { openDatabase } from '../../../lib/adapters/sqlite/database.ts';
import { migrate } from '../../../lib/adapters/sqlite/schema-version.ts';
import { hangingError } from '../../../lib/domain/reconcile/hanging-run.ts';
import type { Cause, RunSelection } from '../../../lib/domain/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startEngine } from './engine-fixture.ts';

const flows = {
  report: async () => ({ report: 'reports/1.json' }),
  fine: async () => ({ status: 'healthy' }),
  broken: async () => {
    throw new Error('no');
  },
};

const schedule: Cause = { kind: 'schedule', schedule: 'fine' };
const person: Cause = { kind: 'cli' };

test('lists leave out routine, or all but what needs attention, page by page', async () => {
  const engine = startEngine(flows);
  const start = async (name: string, flow: keyof typeof flows, cause: Cause) => {
    const { runId } = await engine.start({ flow, name, input: {}, cause });
    return engine.waitForRun(runId);
  };
  await start('by-hand', 'fine', person);
  await start('broken-tick', 'broken', schedule);
  await start('tick-1', 'fine', schedule);
  await start('tick-2', 'fine', schedule);
  await start('broken-by-hand', 'broken', person);
  const namesOf = async (select?: RunSelection) =>
    (await engine.list({ select, limit: 10 })).runs.map(({ name }) => name);

  expect(await namesOf()).toEqual(['broken-by-hand', 'tick-2', 'tick-1', 'broken-tick', 'by-hand']);
  expect(await namesOf('all')).toEqual(await namesOf());
  expect(await namesOf('without-routine')).toEqual(['broken-by-hand', 'broken-tick', 'by-hand']);
  expect(await namesOf('attention')).toEqual(['broken-by-hand', 'broken-tick']);

  const ticks = await engine.list({ select: 'attention', state: 'succeeded', limit: 10 });
  expect(ticks.runs).toEqual([]);
  const first = await engine.list({ select: 'without-routine', limit: 2 });
  const second = await engine.list({
    select: 'without-routine',
    limit: 2,
    cursor: first.next ?? '',
  });
  expect(second).toMatchObject({ runs: [{ name: 'by-hand' }], next: null });
});

test('lists say what a run works on from its start, and whether it has a report at its end', async () => {
  const engine = startEngine(flows);
  const input = { component: 'lib', repository: 'acme/shop' };
  const { runId } = await engine.start({ flow: 'report', name: 'one', input, cause: person });
  const atStart = await engine.list({ limit: 1 });
  expect(atStart.runs).toMatchObject([{ subject: 'lib of acme/shop', hasReport: false }]);
  expect(await engine.waitForRun(runId)).toMatchObject({ hasReport: true });
  const atEnd = await engine.list({ limit: 1 });
  expect(atEnd.runs).toMatchObject([{ subject: 'lib of acme/shop', hasReport: true }]);
});

test('a run that was stopped because it hung needs attention, one that a person has stopped does not', async () => {
  const engine = startEngine({ parked: async (_, context) => context.wait('long', { hours: 1 }) });
  const start = async (name: string) =>
    (await engine.start({ flow: 'parked', name, input: {}, cause: person })).runId;
  await engine.stop(await start('hung'), 'No progress', { errorType: hangingError });
  await engine.stop(await start('unwanted'), 'Stopped by a person');

  const { runs } = await engine.list({ select: 'attention', limit: 10 });
  expect(runs).toMatchObject([{ name: 'hung', state: 'stopped', errorType: hangingError }]);
});

test('runs of before the lists knew subjects and reports have both', async () => {
  const databaseFile = join(temporaryFolder(), 'cicd.db');
  const old = openDatabase(databaseFile);
  migrate(old, migrations.slice(0, 1));
  const insert = (id: string, input: string, result: string | null) =>
    old.run(
      `INSERT INTO runs (id, name, flow, state, input, result, cause, code_version, started_at,
         ended_at) VALUES (?, ?, 'report', 'succeeded', ?, ?, '{"kind":"cli"}', 'one', ?, ?)`,
      id,
      id,
      input,
      result,
      Date.now(),
      Date.now(),
    );
  insert('analysis', '{"component":"lib","repository":"acme/shop"}', '{"report":"reports/1.json"}');
  insert('without', '{}', null);
  insert('no-json', 'text', 'text');
  old.close();

  const { runs } = await startEngine(flows, { databaseFile }).list({ limit: 10 });
  expect(runs.map(({ id, subject, hasReport }) => [id, subject, hasReport])).toEqual([
    ['no-json', '', false],
    ['without', '', false],
    ['analysis', 'lib of acme/shop', true],
  ]);
});
