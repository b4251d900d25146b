import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

export type TarEntry = Partial<Header> & { name: string; content?: string | Uint8Array };

/** The folder that GitHub puts around the files of a commit. */
export const archiveRoot = 'acme-shop-0123456';

/** A tarball, not compressed, with exactly these entries. */
export async function tarOf(entries: Iterable<TarEntry>): Promise<Buffer> {
  const packed = pack();
  const bytes = buffer(packed);
  for (const { content = '', ...header } of entries) packed.entry(header, content);
  packed.finalize();
  return bytes;
}

/** The tarball of a commit with these files, as GitHub makes it. */
export async function tarballOf(files: Record<string, string | Uint8Array>): Promise<Buffer> {
  const entries = Object.entries(files).map(([path, content]) => ({
    name: `${archiveRoot}/${path}`,
    content,
  }));
  return gzipSync(await tarOf([{ name: `${archiveRoot}/`, type: 'directory' }, ...entries]));
}
