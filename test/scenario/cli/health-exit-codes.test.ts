import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { smallProject } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

function cicdHealth(folder: string, ...args: string[]) {
  return runCicd(['health', '--config', join(folder, 'cicd.config.ts'), ...args]);
}

test('a health check that another command keeps out ends with 3, not with a state', async () => {
  const folder = folderWith(smallProject);
  const held = openDataFolder(join(folder, '.cicd'));
  const { exitCode, stderr } = await cicdHealth(folder);
  held.close();
  expect(stderr).toContain('is in use by');
  expect(exitCode).toBe(3);
});

test('so does one that is called in a wrong way, or with a wrong configuration', async () => {
  const folder = folderWith({ 'cicd.config.ts': 'export default { host: { port: 99999 } };\n' });
  expect(await cicdHealth(folder, '--nonsense')).toMatchObject({ exitCode: 3 });
  expect(await cicdHealth(folder)).toMatchObject({ exitCode: 3 });
});

test('the help of the check says what its exit codes mean', async () => {
  const { exitCode, stdout } = await runCicd(['health', '--help']);
  expect(stdout).toContain('3 could not be checked');
  expect(exitCode).toBe(0);
});
