import { Command } from 'commander';
import type { HealthOptions } from '../actions/health.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions } from '../options.ts';

export function healthCommand(setExitCode: SetExitCode): Command {
  const command = new Command('health')
    .description('look after the system now: starts a run of system-health, and shows its result')
    .addHelpText('after', '\nExit code: 0 healthy, 1 warning, 2 unhealthy, 3 could not be checked.')
    .option('--json', 'as JSON')
    .action(async (options: HealthOptions) => {
      const { health } = await import('../actions/health.ts');
      setExitCode(await health(options));
    });
  return withCommonOptions(command);
}
