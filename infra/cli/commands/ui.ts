import { Command } from 'commander';
import type { PagesOptions } from '../actions/ui.ts';
import { wholeNumber, withCommonOptions } from '../options.ts';

export function uiCommand(): Command {
  const command = new Command('ui')
    .description('show the pages of a stack on this machine, until Ctrl-C')
    .option(
      '--port <number>',
      'port on the loopback address (default: host.port, 4200)',
      wholeNumber(0, 65_535),
    )
    .action(async (options: PagesOptions) => {
      const { showPages } = await import('../actions/ui.ts');
      await showPages(options);
    });
  return withCommonOptions(command);
}
