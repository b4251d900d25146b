import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../lib/adapters/sqlite/database.ts';
import { migrations } from '../../../infra/local/engine/migrations.ts';
import { migrate } from '../../../lib/adapters/sqlite/schema-version.ts';
import { createRunLog } from '../../../infra/local/engine/run-log.ts';
import { RunStorage } from '../../../infra/local/engine/run-storage.ts';

const limits = { lines: 3, bytes: 1_000, bytesPerLine: 400 };
const all = { after: 0, limit: 100 };
let database: Database;

beforeEach(() => {
  database = openDatabase(':memory:');
  migrate(database, migrations);
  new RunStorage(database).insert({
    id: 'run',
    name: 'run',
    flow: 'flow',
    input: '{}',
    cause: { kind: 'cli' },
    subject: '',
    codeVersion: 'one',
    startedAt: 0,
    parent: null,
  });
  return () => database.close();
});

describe('a log that is full', () => {
  test('by its number of lines says so once and takes no more', () => {
    const log = createRunLog(database, limits);
    for (const message of ['1', '2', '3', '4', '5'])
      log.append('run', 0, { level: 'info', message });

    expect(log.list('run', all).map((line) => line.message)).toEqual([
      '1',
      '2',
      '3',
      'The log of this run is full: further lines are dropped.',
    ]);
  });

  test('by its size does the same', () => {
    const log = createRunLog(database, limits);
    for (let line = 0; line < 5; line += 1) {
      log.append('run', 0, { level: 'info', message: 'x'.repeat(399) });
    }
    expect(log.list('run', all)).toHaveLength(3);
  });

  test('is still full for the next process', () => {
    const log = createRunLog(database, limits);
    for (const message of ['1', '2', '3', '4']) log.append('run', 0, { level: 'info', message });

    const next = createRunLog(database, limits);
    next.append('run', 0, { level: 'info', message: 'more' });

    expect(next.list('run', all)).toHaveLength(4);
  });
});

test('long messages are cut, fields that are too large or no JSON are dropped', () => {
  const log = createRunLog(database, limits);
  log.append('run', 0, { level: 'info', message: 'x'.repeat(500) });
  log.append('run', 0, { level: 'info', message: '', fields: { text: 'x'.repeat(500) } });
  log.append('run', 0, { level: 'info', message: '', fields: { big: 1n } });

  const [cut, tooLarge, notJson] = log.list('run', all);

  expect(cut?.message).toHaveLength(400);
  expect(tooLarge?.fields).toEqual({ dropped: 'the fields were too large' });
  expect(notJson?.fields).toEqual({ dropped: 'the fields are not JSON' });
});

test('lines of unknown runs are dropped', () => {
  const log = createRunLog(database, limits);
  log.append('nobody', 0, { level: 'info', message: 'lost' });
  expect(log.list('nobody', all)).toEqual([]);
});
