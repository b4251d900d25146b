import { Command } from 'commander';
import type { ListOptions } from '../actions/schedules.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

export function schedulesCommand(setExitCode: SetExitCode): Command {
  const schedules = new Command('schedules').description('list and steer what runs at intervals');
  const add = (command: Command) => schedules.addCommand(withCommonOptions(command));

  add(
    new Command('ls')
      .description('list schedules and their next ticks')
      .option('--json', 'as JSON')
      .action(async (options: ListOptions) => {
        const { list } = await import('../actions/schedules.ts');
        await list(options);
      }),
  );
  add(
    new Command('run')
      .description("start a schedule's flow now, out of turn")
      .argument('<name>', 'a schedule')
      .action(async (name: string, options: CommonOptions) => {
        const { run } = await import('../actions/schedules.ts');
        setExitCode(await run(name, options));
      }),
  );
  add(
    new Command('pause')
      .description('let a schedule tick no more')
      .argument('<name>', 'a schedule')
      .action(async (name: string, options: CommonOptions) => {
        const { pause } = await import('../actions/schedules.ts');
        await pause(name, options);
      }),
  );
  add(
    new Command('resume')
      .description('let a schedule tick again')
      .argument('<name>', 'a schedule')
      .action(async (name: string, options: CommonOptions) => {
        const { resume } = await import('../actions/schedules.ts');
        await resume(name, options);
      }),
  );
  return schedules;
}
