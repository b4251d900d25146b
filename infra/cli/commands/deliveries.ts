import { Command } from 'commander';
import type { ListingOptions, ListOptions, ReplayOptions } from '../actions/deliveries.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { wholeNumber, withCommonOptions } from '../options.ts';

const idDescription = 'a delivery, or 6 characters or more of the beginning of its id';

export function deliveriesCommand(setExitCode: SetExitCode): Command {
  const deliveries = new Command('deliveries').description('list, look at and replay deliveries');
  const add = (command: Command) => deliveries.addCommand(withCommonOptions(command));

  add(
    new Command('ls')
      .description('list deliveries, newest first')
      .option('--limit <number>', 'deliveries to show', wholeNumber(1, 500), 20)
      .option('--cursor <cursor>', 'go on where a listing has ended: the `next` that it told')
      .option('--json', 'as JSON')
      .action(async (options: ListOptions) => {
        const { list } = await import('../actions/deliveries.ts');
        await list(options);
      }),
  );
  add(
    new Command('show')
      .description('show one delivery and what came of it')
      .argument('<id>', idDescription)
      .option('--json', 'as JSON')
      .action(async (id: string, options: ListingOptions) => {
        const { show } = await import('../actions/deliveries.ts');
        await show(id, options);
      }),
  );
  add(
    new Command('replay')
      .description('decide anew what a delivery starts, and start it')
      .argument('<id>', idDescription)
      .option('--dry-run', 'only tell what would be started')
      .option('--json', 'as JSON')
      .action(async (id: string, options: ReplayOptions) => {
        const { preview, replay } = await import('../actions/deliveries.ts');
        setExitCode(await (options.dryRun === true ? preview(id, options) : replay(id, options)));
      }),
  );
  return deliveries;
}
