import { Command } from 'commander';
import type { UninstallOptions } from '../actions/uninstall.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions } from '../options.ts';

const help = `
Removes nothing else: once no webhook is left, it tells the commands that do, and what they leave behind.

Exit code: 0 done, 1 a webhook could not be removed, 2 wrong use.`;

export function uninstallCommand(setExitCode: SetExitCode): Command {
  return withCommonOptions(
    new Command('uninstall')
      .description('remove the webhooks, and tell how to remove the rest')
      .option('--organization <name>', 'the webhook of this GitHub organisation, too')
      .option('--yes', 'do not ask')
      .addHelpText('after', help)
      .action(async (options: UninstallOptions) => {
        const { uninstall } = await import('../actions/uninstall.ts');
        setExitCode(await uninstall(options));
      }),
  );
}
