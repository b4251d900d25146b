import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageOf } from '../../../../lib/adapters/command/printed-lines.ts';
import { readAllPrinted, type PrintedPart } from '../../../../lib/adapters/command/printed.ts';
import { openOutput } from '../../../../lib/adapters/command/supervisor/agent-output.ts';
import { maskValues } from '../../../../lib/adapters/command/supervisor/mask-values.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const parts: PrintedPart[] = [
  { at: '1', kind: 'stdout', text: 'one\ntw' },
  { at: '2', kind: 'stderr', text: 'oh' },
  { at: '3', kind: 'stdout', text: 'o\r\n\nthree' },
  { at: '4', kind: 'stderr', text: ' no\n' },
  { at: '5', kind: 'stdout', text: '\n' },
  { at: '6', kind: 'stdout', text: 'four' },
];

/** @param seen is told how many were asked for */
async function* printedParts(seen: { count: number } = { count: 0 }) {
  for (const part of parts) {
    seen.count += 1;
    yield part;
  }
}

const noMask = maskValues([], {});

test('lines are put together from the parts that they came in, each stream for itself', async () => {
  expect(await pageOf(printedParts(), { skip: 0, limit: 100 })).toEqual({
    entries: [
      { at: '1', kind: 'stdout', text: 'one' },
      { at: '1', kind: 'stdout', text: 'two' },
      { at: '2', kind: 'stderr', text: 'oh no' },
      { at: '3', kind: 'stdout', text: 'three' },
      { at: '6', kind: 'stdout', text: 'four' },
    ],
    total: 5,
  });
});

test('a page is read as far as its lines go, and no further', async () => {
  const seen = { count: 0 };
  const page = await pageOf(printedParts(seen), { skip: 1, limit: 2 });
  expect(page.entries.map(({ text }) => text)).toEqual(['two', 'oh no']);
  expect(page.total).toBeNull();
  expect(seen.count).toBe(4);
});

test('what was written down is read again, without a part that was cut', async () => {
  const file = join(temporaryFolder(), 'output.jsonl');
  const output = openOutput(file, { most: 1_000, mask: noMask });
  const euro = Buffer.from('€');
  output.add('stdout', euro.subarray(0, 1));
  output.add('stderr', Buffer.from('no'));
  output.add('stdout', euro.subarray(1));
  output.close();
  appendFileSync(file, '{"at":"2026-');

  const printed = await readAllPrinted(file);
  expect(printed.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['stderr no', 'stdout €']);
});

test('the limit is that of the file, in which some characters take more bytes', async () => {
  const file = join(temporaryFolder(), 'output.jsonl');
  const output = openOutput(file, { most: 1_000, mask: noMask });
  expect(output.add('stdout', Buffer.from('plain'))).toBe(true);
  expect(output.add('stdout', Buffer.alloc(200, 1))).toBe(false);
  // Nothing gets in behind a gap.
  expect(output.add('stdout', Buffer.from('late'))).toBe(false);
  output.close();

  expect((await readAllPrinted(file)).map(({ text }) => text)).toEqual(['plain']);
  expect(statSync(file).size).toBeLessThan(1_000);
});

test('an agent that has not begun has printed nothing, and what cannot be read is told', async () => {
  const file = join(temporaryFolder(), 'output.jsonl');
  expect(await readAllPrinted(file)).toEqual([]);
  mkdirSync(file);
  await expect(readAllPrinted(file)).rejects.toMatchObject({
    name: 'UpstreamError',
    message: 'What the agent has printed cannot be read (EISDIR).',
  });
});

test('values of variables are masked, also where they come in pieces', async () => {
  const file = join(temporaryFolder(), 'output.jsonl');
  const environment = { KEY: 'sk-0123456789', PEM: 'line one\nline two', SHORT: '1234567' };
  const mask = maskValues([...Object.keys(environment), 'NOT_SET'], environment);
  const output = openOutput(file, { most: 10_000, mask });
  for (const text of [
    '401: s',
    'k-01234',
    '56789, not sk-0',
    '12. ',
    JSON.stringify('line one\nline two'),
  ]) {
    output.add('stderr', Buffer.from(text));
    output.add('stdout', Buffer.from('1234567 '));
  }
  output.add('stdout', Buffer.from('sk-01'));
  output.close();

  const printed = await readAllPrinted(file);
  const said = (kind: string) =>
    printed.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
  expect(said('stderr')).toBe('401: [KEY], not sk-012. "[PEM]"');
  expect(said('stdout')).toBe(`${'1234567 '.repeat(5)}sk-01`);
});
