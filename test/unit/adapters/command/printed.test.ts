import { expect, test } from 'vitest';
import {
  linesOf,
  readPrinted,
  type PrintedPart,
} from '../../../../lib/adapters/command/printed.ts';
import { openOutput } from '../../../../lib/adapters/command/supervisor/agent-output.ts';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

test('lines are put together from the parts that they came in, each stream for itself', () => {
  const parts: PrintedPart[] = [
    { at: '1', kind: 'stdout', text: 'one\ntw' },
    { at: '2', kind: 'stderr', text: 'oh' },
    { at: '3', kind: 'stdout', text: 'o\r\n\nthree' },
    { at: '4', kind: 'stderr', text: ' no\n' },
    { at: '5', kind: 'stdout', text: '\n' },
    { at: '6', kind: 'stdout', text: 'four' },
  ];
  expect(linesOf(parts)).toEqual([
    { at: '1', kind: 'stdout', text: 'one' },
    { at: '1', kind: 'stdout', text: 'two' },
    { at: '2', kind: 'stderr', text: 'oh no' },
    { at: '3', kind: 'stdout', text: 'three' },
    { at: '6', kind: 'stdout', text: 'four' },
  ]);
});

test('what was written down is read again, up to the limit and without a part that was cut', () => {
  const file = join(temporaryFolder(), 'output.jsonl');
  const output = openOutput(file, 10);
  const euro = Buffer.from('€');
  expect(output.add('stdout', euro.subarray(0, 1))).toBe(true);
  expect(output.add('stderr', Buffer.from('no'))).toBe(true);
  expect(output.add('stdout', euro.subarray(1))).toBe(true);
  expect(output.add('stdout', Buffer.from('123456'))).toBe(false);
  output.close();
  appendFileSync(file, '{"at":"2026-');

  const printed = readPrinted(file).map(({ kind, text }) => `${kind} ${text}`);
  expect(printed).toEqual(['stderr no', 'stdout €', 'stdout 12345']);
});
