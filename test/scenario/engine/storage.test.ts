import { closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../lib/adapters/sqlite/database.ts';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import { migrations } from '../../../infra/local/engine/migrations.ts';
import { migrate } from '../../../lib/adapters/sqlite/schema-version.ts';
import { openRunsReadOnly } from '../../../infra/local/engine/runs-read-only.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually, inState, runToEnd, startEngine, startRun } from './engine-fixture.ts';

const echo = { echo: async (input: Record<string, unknown>) => input };

function databaseFileIn(folder: string): string {
  return join(folder, 'cicd.db');
}

describe('the schema', () => {
  test('of an older file is brought up to date with its rows kept', () => {
    const database = openDatabase(databaseFileIn(temporaryFolder()));
    migrate(database, ['CREATE TABLE things (name TEXT)']);
    database.run('INSERT INTO things VALUES (?)', 'kept');

    migrate(database, ['never run again', 'ALTER TABLE things ADD COLUMN size INTEGER']);

    expect(database.all('SELECT name, size FROM things')).toEqual([{ name: 'kept', size: null }]);
    expect(database.get('PRAGMA user_version')).toEqual({ user_version: 2 });
    database.close();
  });

  test('stays as it was when a migration fails', () => {
    const database = openDatabase(databaseFileIn(temporaryFolder()));
    migrate(database, ['CREATE TABLE things (name TEXT)']);

    expect(() => migrate(database, ['', 'CREATE TABLE more (n); SELECT nothing'])).toThrow(
      'syntax error',
    );

    expect(database.get('PRAGMA user_version')).toEqual({ user_version: 1 });
    expect(database.all("SELECT name FROM sqlite_schema WHERE name = 'more'")).toEqual([]);
    database.close();
  });

  test('of a newer version is refused', () => {
    const databaseFile = databaseFileIn(temporaryFolder());
    const newer = new DatabaseSync(databaseFile);
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    newer.close();

    expect(() => createEngine({ databaseFile, codeVersion: 'one' })).toThrow(
      'written by a newer version of this program',
    );
  });
});

describe('a damaged file', () => {
  test('that is no database is refused and left as it is', () => {
    const databaseFile = databaseFileIn(temporaryFolder());
    writeFileSync(databaseFile, 'this is not a database '.repeat(500));

    expect(() => createEngine({ databaseFile, codeVersion: 'one' })).toThrow(
      /is damaged\. Nothing was deleted/,
    );
    expect(statSync(databaseFile).size).toBe(11_500);
  });

  test('whose pages are overwritten says so when they are read', async () => {
    const databaseFile = databaseFileIn(temporaryFolder());
    const engine = startEngine(echo, { databaseFile });
    for (let index = 0; index < 50; index += 1) await runToEnd(engine, 'echo');
    engine.close();
    const file = openSync(databaseFile, 'r+');
    const garbage = Buffer.alloc(statSync(databaseFile).size - 4096, 0xaa);
    writeSync(file, garbage, 0, garbage.length, 4096);
    closeSync(file);

    expect(() => startEngine(echo, { databaseFile })).toThrow(/is damaged/);
  });
});

describe('a full disk', () => {
  test('fails starts with a clear error and delays runs until there is room', async () => {
    const database = openDatabase(databaseFileIn(temporaryFolder()));
    const problems: Error[] = [];
    const engine = startEngine(
      {
        filling: async (_input, context) => {
          await context.wait('a moment', { seconds: 1 });
          const text = await context.step('fill', async () => 'x'.repeat(200_000));
          return text.length;
        },
      },
      { database, onProblem: (problem) => problems.push(problem) },
    );
    const runId = await startRun(engine, 'filling');
    await inState(engine, runId, 'waiting');
    // Lower than the file is long already: it cannot grow by a single page.
    database.exec('PRAGMA max_page_count = 1');

    await eventually(() => problems[0]);
    const cut = await engine.get(runId);
    const start = startRun(engine, 'filling', { text: 'y'.repeat(50_000) });
    await expect(start).rejects.toThrow(/The disk is full: .* cannot grow/);
    database.exec('PRAGMA max_page_count = 1000000');

    expect(problems[0]?.message).toMatch(/The disk is full/);
    expect(cut?.state).toBe('running');
    expect(await engine.waitForRun(runId)).toMatchObject({ state: 'succeeded', result: 200_000 });
  });
});

describe('the file', () => {
  test('shrinks when runs are removed', async () => {
    const databaseFile = databaseFileIn(temporaryFolder());
    let now = Date.now();
    const engine = startEngine(
      { big: async () => 'x'.repeat(200_000) },
      { databaseFile, now: () => now },
    );
    for (let index = 0; index < 20; index += 1) await runToEnd(engine, 'big');
    now += 15 * 24 * 60 * 60 * 1000;

    const { removed } = await engine.sweep();
    engine.close();

    expect(removed).toBe(20);
    expect(statSync(databaseFile).size).toBeLessThan(400_000);
  });

  test('is readable by its owner only, with what lies beside it', async () => {
    const folder = temporaryFolder();
    const engine = startEngine(echo, { databaseFile: databaseFileIn(folder) });
    await runToEnd(engine, 'echo', { a: 1 });
    const modes = readdirSync(folder).map((name) => [
      name,
      statSync(join(folder, name)).mode & 0o077,
    ]);
    expect(modes).toEqual(readdirSync(folder).map((name) => [name, 0]));
  });

  test('can be read while an engine writes it', async () => {
    const databaseFile = databaseFileIn(temporaryFolder());
    const engine = startEngine(echo, { databaseFile });
    const run = await runToEnd(engine, 'echo', { a: 1 });
    engine.log(run.id, { level: 'info', message: 'hello' });

    const reader = openRunsReadOnly(databaseFile);
    const later = await runToEnd(engine, 'echo', { a: 2 });

    expect((await reader.list({ limit: 10 })).runs.map((one) => one.id)).toEqual([
      later.id,
      run.id,
    ]);
    expect((await reader.get(run.id))?.result).toEqual({ a: 1 });
    expect((await reader.logs(run.id)).map((line) => line.message)).toEqual(['hello']);
    reader.close();
  });

  test('is not created by a reader', () => {
    expect(() => openRunsReadOnly(databaseFileIn(temporaryFolder()))).toThrow('cannot be opened');
  });
});
