/**
 * The pages of a list, each read when it is asked for.
 * @param read the page behind a cursor; the first one without
 */
export async function* pagesOf<Page extends { next: string | null }>(
  read: (cursor: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
