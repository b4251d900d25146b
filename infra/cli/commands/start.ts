import { Command } from 'commander';
import type { StartOptions } from '../actions/start.ts';
import { wholeNumber, withLocalOptions } from '../options.ts';

export function startCommand(): Command {
  const command = new Command('start')
    .description('run the whole system on this machine, until Ctrl-C')
    .option(
      '--port <number>',
      'port on the loopback address (default: 4200)',
      wholeNumber(0, 65_535),
    )
    .action(async (options: StartOptions) => {
      const { start } = await import('../actions/start.ts');
      await start(options);
    });
  return withLocalOptions(command);
}
