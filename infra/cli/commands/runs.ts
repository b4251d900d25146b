import { Command, Option } from 'commander';
import type { ListingOptions, ListOptions, LogOptions } from '../actions/runs.ts';
import { runStates } from '../../../lib/domain/run-states.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';

export function runsCommand(setExitCode: SetExitCode): Command {
  const runs = new Command('runs').description('list, look at and steer runs');
  for (const command of [...lookingCommands(), ...steeringCommands(setExitCode)]) {
    runs.addCommand(withCommonOptions(command));
  }
  return runs;
}

const idDescription = 'a run, or the beginning of its id';

function lookingCommands(): Command[] {
  return [
    new Command('ls')
      .description('list runs, newest first')
      .option('--limit <number>', 'runs to show', wholeNumber(1, 500), 10)
      .option('--flow <name>', 'of this flow only')
      .option('--all', 'also the routine: runs that a schedule has started and that succeeded')
      .addOption(new Option('--state <state>', 'in this state only').choices(runStates))
      .option('--json', 'as JSON')
      .action(async (options: ListOptions) => {
        const { list } = await import('../actions/runs.ts');
        await list(options);
      }),
    new Command('show')
      .description('show one run with its tasks, and what it asked agents')
      .argument('<id>', idDescription)
      .option('--json', 'as JSON')
      .action(async (id: string, options: ListingOptions) => {
        const { show } = await import('../actions/runs.ts');
        await show(id, options);
      }),
    new Command('logs')
      .description('show what a run has logged')
      .argument('<id>', idDescription)
      .option('--follow', 'go on until the run has ended')
      .option('--json', 'one JSON object a line')
      .action(async (id: string, options: LogOptions) => {
        const { logs } = await import('../actions/runs.ts');
        await logs(id, options);
      }),
  ];
}

function steeringCommands(setExitCode: SetExitCode): Command[] {
  return [
    new Command('stop')
      .description('end a run that has not ended')
      .argument('<id>', idDescription)
      .action(async (id: string, options: CommonOptions) => {
        const { stop } = await import('../actions/runs.ts');
        await stop(id, options);
      }),
    new Command('retry')
      .description('start a run again with the same input')
      .argument('<id>', idDescription)
      .action(async (id: string, options: CommonOptions) => {
        const { retry } = await import('../actions/runs.ts');
        setExitCode(await retry(id, options));
      }),
  ];
}
