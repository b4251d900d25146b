import { Command } from 'commander';
import type { InitOptions } from '../actions/linear.ts';
import { withCommonOptions } from '../options.ts';

const help = `
What is there already stays as it is: sub-issues are found by linear.issues of the configuration, else by the
component in their title. States are the team's own: those that are missing are told, none is made.
Takes credentials that may write in the team (cicd doctor looks at them).

Exit code: 0 done, 1 Linear has failed (run it again: it goes on), 2 wrong use.`;

export function linearCommand(): Command {
  const init = new Command('init')
    .description('make the labels, the tracking issue and a sub-issue for each component, once')
    .option('--team <key>', 'team for new issues, ENG (default: linear.team of the configuration)')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (options: InitOptions) => {
      const { runInit } = await import('../actions/linear.ts');
      await runInit(options);
    });
  return new Command('linear').description('set Linear up').addCommand(withCommonOptions(init));
}
