import { Command } from 'commander';
import { startHost } from '../../local/host.ts';
import { formatSetup } from '../../local/setup-summary.ts';
import { readSecrets } from '../../../lib/runtime/secrets.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSettings, wholeNumber, withLocalOptions, type CommonOptions } from '../options.ts';
import { print } from '../output.ts';
import { untilAskedToStop } from '../shutdown.ts';

interface StartOptions extends Omit<CommonOptions, 'stack'> {
  port?: number;
}

export function startCommand(): Command {
  const command = new Command('start')
    .description('run the whole system on this machine, until Ctrl-C')
    .option(
      '--port <number>',
      'port on the loopback address (default: 4200)',
      wholeNumber(0, 65_535),
    )
    .action(start);
  return withLocalOptions(command);
}

async function start(options: StartOptions): Promise<void> {
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
