import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pagesOf } from '../../../lib/flows/pages.ts';

/** A list of so many pages that is read without a pause; notes what happens when. */
function listOf(pages: number, happened: string[]) {
  return async (cursor = '1') => {
    happened.push(`page ${cursor}`);
    const next = Number(cursor) + 1;
    return { next: next > pages ? null : String(next) };
  };
}

test('reads a page when it is asked for, up to the last one', async () => {
  const happened: string[] = [];
  for await (const page of pagesOf(listOf(3, happened))) happened.push(`next ${page.next}`);
  expect(happened).toEqual(['page 1', 'next 2', 'page 2', 'next 3', 'page 3', 'next null']);
});

test('lets other work go on between two pages', async () => {
  const happened: string[] = [];
  const otherWork = setImmediate().then(() => happened.push('other work'));
  for await (const _ of pagesOf(listOf(2, happened)));
  await otherWork;
  expect(happened).toEqual(['page 1', 'other work', 'page 2']);
});
