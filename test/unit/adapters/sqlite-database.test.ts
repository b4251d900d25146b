import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../lib/adapters/sqlite/database.ts';
import {
  explainStorageError,
  isPassingStorageError,
} from '../../../lib/adapters/sqlite/storage-errors.ts';

let database: Database;
const rows = () => database.all<{ n: number }>('SELECT n FROM numbers').map((row) => row.n);
const insert = (n: number) => database.run('INSERT INTO numbers VALUES (?)', n);

beforeEach(() => {
  database = openDatabase(':memory:');
  database.exec('CREATE TABLE numbers (n INTEGER)');
});
afterEach(() => database.close());

describe('a transaction', () => {
  test('takes all changes back when it throws', () => {
    expect(() =>
      database.transaction(() => {
        insert(1);
        throw new RangeError('enough');
      }),
    ).toThrow('enough');
    expect(rows()).toEqual([]);
  });

  test('inside another is part of it', () => {
    expect(() =>
      database.transaction(() => {
        database.transaction(() => insert(1));
        throw new RangeError('enough');
      }),
    ).toThrow('enough');
    expect(rows()).toEqual([]);
  });

  test('sends its effects when it has committed, in order', () => {
    const seen: string[] = [];
    database.transaction(() => {
      database.transaction(() => {
        insert(1);
        database.afterCommit(() => seen.push(`first sees ${rows().length}`));
      });
      database.afterCommit(() => seen.push('second'));
      insert(2);
      seen.push('still open');
    });
    expect(seen).toEqual(['still open', 'first sees 2', 'second']);
  });

  test('sends no effects when it was rolled back, nor later', () => {
    const seen: string[] = [];
    const failing = () =>
      database.transaction(() => {
        database.afterCommit(() => seen.push('never'));
        throw new RangeError('enough');
      });
    expect(failing).toThrow('enough');

    database.transaction(() => insert(1));

    expect(seen).toEqual([]);
  });
});

test('without a transaction an effect happens at once', () => {
  const seen: string[] = [];
  database.afterCommit(() => seen.push('now'));
  expect(seen).toEqual(['now']);
});

describe('errors of SQLite', () => {
  test.each([
    [13, 'The disk is full', true],
    [10 + (3 << 8), 'Reading or writing', true],
    [5, 'is locked by another program', true],
    [11, 'is damaged. Nothing was deleted', false],
    [26, 'is damaged. Nothing was deleted', false],
    [14, 'cannot be opened', false],
    [8, 'may not be written', false],
    [1, 'failed', false],
  ])('with code %i say "%s"', (errcode, text, passing) => {
    const error = explainStorageError(
      Object.assign(new Error('raw'), { errcode }),
      '/data/cicd.db',
    );

    expect(String(error)).toContain(text);
    expect(String(error)).toContain('/data/cicd.db');
    expect(String(error)).toContain('(raw)');
    expect(isPassingStorageError(error)).toBe(passing);
  });

  test('are told from errors of other kinds, which pass through', () => {
    const other = new TypeError('other');
    expect(explainStorageError(other, 'file')).toBe(other);
    expect(isPassingStorageError(other)).toBe(false);
  });
});
