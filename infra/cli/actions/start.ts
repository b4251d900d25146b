import { startHost } from '../../local/host.ts';
import { formatSetup } from '../../local/setup-summary.ts';
import { readSecrets } from '../../../lib/runtime/secrets.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommonOptions } from '../options.ts';
import { requirePerson } from '../require-person.ts';
import { loadSettings } from '../settings.ts';
import { print } from '../output.ts';
import { untilAskedToStop } from '../shutdown.ts';

export interface StartOptions extends Omit<CommonOptions, 'stack'> {
  port?: number;
}

export async function start(options: StartOptions): Promise<void> {
  requirePerson('Starting the host');
  const settings = await loadSettings(options);
  const { config, dataFolder, variables } = settings;
  const secrets = readSecrets(variables);
  const asked = untilAskedToStop(exitCodes.done);
  const host = await startHost({
    settings,
    dataFolder,
    ...(options.port === undefined ? {} : { port: options.port }),
    onListening: (url) => print(formatSetup({ config, dataFolder, secrets, url })),
  });
  await asked;
  await host.close();
}
