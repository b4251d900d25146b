import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCicd } from '../../support/run-cicd.ts';
import { startTestHost } from '../../support/start-host.ts';

test('commands say so when the host still works with the configuration from before', async () => {
  const host = await startTestHost();
  const file = join(host.folder, 'cicd.config.ts');
  const list = () => runCicd(['runs', 'ls', '--config', file]);
  expect((await list()).stderr).not.toContain('restart it');

  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace("orders: ['orders/**']", "web: ['web/**']"),
  );
  const { exitCode, stderr } = await list();

  expect(stderr).toContain('another configuration than the present one: restart it');
  expect(exitCode).toBe(0);
});
