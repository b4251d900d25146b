import { setImmediate } from 'node:timers/promises';

/**
 * The pages of a list, each read when it is asked for. Where the list is in this process, whatever else
 * there is to do gets its turn between two of them.
 * @param read the page behind a cursor; the first one without
 */
export async function* pagesOf<Page extends { next: string | null }>(
  read: (cursor: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let page = await read(undefined);
  yield page;
  while (page.next !== null) {
    await setImmediate();
    page = await read(page.next);
    yield page;
  }
}
