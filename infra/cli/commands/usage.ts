import { Command } from 'commander';
import type { UsageOptions } from '../actions/usage.ts';
import { wholeNumber, withCommonOptions } from '../options.ts';

/** Calls are remembered for so long. */
const mostDays = 35;

export function usageCommand(): Command {
  const command = new Command('usage')
    .description('show agent runs and their minutes, calls of services outside, and what is left')
    .option('--days <number>', 'today and those before', wholeNumber(1, mostDays), 7)
    .option('--json', 'as JSON')
    .action(async (options: UsageOptions) => {
      const { show } = await import('../actions/usage.ts');
      await show(options);
    });
  return withCommonOptions(command);
}
