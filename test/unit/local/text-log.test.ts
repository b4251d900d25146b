import { expect, test } from 'vitest';
import { formatLine } from '../../../infra/local/text-log.ts';

const record = {
  at: Date.parse('2026-11-22T14:02:11.000Z'),
  level: 'warn' as const,
  message: 'Task attempt failed',
};

test('a record is one line, also when an error has several', () => {
  const fields = { flow: 'component-analysis', error: 'no\n14:02:12 All is well' };
  expect(formatLine({ ...record, fields })).toBe(
    '14:02:11 warn component-analysis: Task attempt failed (error=no ⏎ 14:02:12 All is well)',
  );
});

test('a line of a run tells which run', () => {
  const executionArn =
    'arn:aws:lambda:local:000000000000:function:lib:$LATEST/durable-execution/n/3f2a91c0-7f7e';
  expect(formatLine({ ...record, fields: { flow: 'lib', executionArn } })).toBe(
    '14:02:11 warn lib 3f2a91c0: Task attempt failed',
  );
});
