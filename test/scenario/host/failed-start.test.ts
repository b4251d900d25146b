import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { startHost } from '../../../infra/local/host.ts';
import { loadConfig } from '../../../lib/runtime/config.ts';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { smallProject } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

test('a host that fails after it has begun to listen listens no more, and gives the folder back', async () => {
  onTestFinished(() => setLogSink(writeJsonLine));
  const folder = folderWith(smallProject);
  const config = await loadConfig(join(folder, 'cicd.config.ts'));
  let address = '';
  const starting = startHost({
    settings: { config, environment: {}, envFile: join(folder, '.env') },
    dataFolder: join(folder, '.cicd'),
    port: 0,
    onListening: async (url) => {
      address = url;
      throw new Error('nobody can be told');
    },
  });

  await expect(starting).rejects.toThrow('nobody can be told');
  await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  openDataFolder(join(folder, '.cicd')).close();
});
