import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Has git take files as they are, whatever the attributes in the repository ask for: no filters, no other line
 * ends or encodings. What it writes into one folder and reads from there is then the same.
 * @param gitFolder `.git`, or a bare repository
 * @see https://git-scm.com/docs/gitattributes: this file has precedence over all others
 */
export async function takeFilesAsTheyAre(gitFolder: string): Promise<void> {
  await mkdir(join(gitFolder, 'info'), { recursive: true });
  const attributes = '* -text -eol -filter -ident -working-tree-encoding\n';
  await writeFile(join(gitFolder, 'info', 'attributes'), attributes);
}
