import { chmodSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram, fixedPath } from '../../../../lib/adapters/command/find-program.ts';
import { folderWith } from '../../../support/temporary-folder.ts';

function programsIn(...names: string[]): string {
  const folder = folderWith(Object.fromEntries(names.map((name) => [name, ''])));
  for (const name of names) chmodSync(join(folder, name), 0o755);
  return folder;
}

test('a program is found in the first folder of the path that has it', () => {
  const [one, two] = [programsIn('a'), programsIn('a', 'b')];
  const path = [one, two].join(delimiter);
  expect(findProgram('a', path)).toBe(join(one, 'a'));
  expect(findProgram('b', path)).toBe(join(two, 'b'));
  expect(findProgram('c', path)).toBeUndefined();
  expect(findProgram('a', undefined)).toBeUndefined();
});

test('a file that may not be executed is none', () => {
  const folder = folderWith({ a: '' });
  expect(findProgram('a', folder)).toBeUndefined();
  expect(findProgram(join(folder, 'a'), '')).toBeUndefined();
});

test('a relative name is made absolute where the host runs', () => {
  const file = join(programsIn('a'), 'a');
  const name = relative(process.cwd(), file);
  expect(isAbsolute(name)).toBe(false);
  expect(findProgram(name, '')).toBe(file);
});

test('folders of the path that depend on where a process runs are left out', () => {
  const folder = programsIn('a');
  const path = ['', '.', relative(process.cwd(), folder), 'node_modules/.bin'].join(delimiter);
  expect(findProgram('a', path)).toBeUndefined();
  expect(fixedPath([path, folder, ''].join(delimiter))).toBe(folder);
});

test('what npm has put in front of the path is not for agents', () => {
  const ofNpm = '/srv/cicd/node_modules/.bin';
  expect(fixedPath([ofNpm, '/usr/bin'].join(delimiter))).toBe('/usr/bin');
});
