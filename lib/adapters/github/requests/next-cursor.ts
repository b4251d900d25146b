const nextLink = /<(?<address>[^<>]+)>;\s*rel="next"/;

/**
 * Where the next page of a list begins, from the `Link` header of the one before; null on the last page.
 * Only the cursor is taken: the address of the next request is ours to say.
 */
export function nextCursor(link: string | number | undefined): string | null {
  const address = nextLink.exec(String(link ?? ''))?.groups?.['address'];
  if (address === undefined || !URL.canParse(address)) return null;
  return new URL(address).searchParams.get('cursor');
}
