import { type KindCatalogue, named } from './entry.ts';

const nodeFunctions = `
  readFile writeFile appendFile open openAsBlob readdir opendir mkdir mkdtemp rm
  rmdir unlink rename copyFile cp stat lstat access exists truncate symlink link
  chmod utimes watch watchFile createReadStream createWriteStream readJson
  writeJson outputFile outputJson ensureDir ensureFile emptyDir remove move copy
  pathExists realpath readlink
`;

/** Reading, writing and arranging files. Asking for paths (`os.path.join`) is none of it. */
export const fileSystem: KindCatalogue = {
  python: [
    { modules: ['open'], calls: /^$/, argument: 'path' },
    {
      modules: ['io', 'codecs', 'gzip', 'bz2', 'lzma', 'aiofiles'],
      calls: /^open$/,
      argument: 'path',
    },
    {
      modules: ['os'],
      calls: named(`
        open listdir scandir walk mkdir makedirs remove unlink rmdir removedirs
        rename renames replace symlink link chmod chown truncate utime
      `),
      argument: 'path',
    },
    {
      // The path is in the object; what the call is given may be the content.
      modules: ['pathlib', 'pathlib.Path'],
      calls: named(`
        open read_text read_bytes write_text write_bytes mkdir unlink rmdir rename touch
        iterdir glob rglob symlink_to chmod
      `),
      argument: 'data',
    },
    {
      modules: ['shutil'],
      calls: /^(copy|copy2|copyfile|copyfileobj|copytree|move|rmtree|make_archive|unpack_archive)$/,
      argument: 'path',
    },
    {
      modules: ['tempfile'],
      calls: /^(mkstemp|mkdtemp|NamedTemporaryFile|TemporaryFile|TemporaryDirectory)$/,
      argument: 'data',
    },
    { modules: ['zipfile', 'tarfile'], calls: /^(ZipFile|open|extractall)$/, argument: 'path' },
    { modules: ['glob'], calls: /^(glob|iglob)$/, argument: 'path' },
  ],
  script: [
    {
      modules: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'],
      calls: named(nodeFunctions, '(Sync)?'),
      argument: 'path',
    },
    {
      modules: ['glob', 'fast-glob', 'globby', 'tinyglobby', 'rimraf', 'chokidar', 'del'],
      calls: /^(|glob|globSync|sync|globby|globbySync|rimraf|watch|deleteAsync|deleteSync)$/,
      argument: 'path',
    },
    { modules: ['tmp', 'tmp-promise', 'tempy'], calls: /^(file|dir|\w+Sync)$/, argument: 'data' },
  ],
};
