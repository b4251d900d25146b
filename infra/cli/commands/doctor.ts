import { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions } from '../options.ts';

const help = `
Asks GitHub, Linear and the provider of agents themselves, changes nothing and starts no agent run. Below what is not well stands what to do.

Exit code: 0 no problem (there may be warnings), 1 a problem, 2 wrong use.`;

export function doctorCommand(setExitCode: SetExitCode): Command {
  const command = new Command('doctor')
    .description(
      'look whether credentials, rights, webhooks, agents, host and schedules are as they should be',
    )
    .addHelpText('after', help)
    .option('--json', 'as JSON')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../actions/doctor.ts');
      setExitCode(await doctor(options));
    });
  return withCommonOptions(command);
}
