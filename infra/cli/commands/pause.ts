import { Command } from 'commander';
import { withCommonOptions, type CommonOptions } from '../options.ts';

export function pauseCommand(): Command {
  return withCommonOptions(
    new Command('pause')
      .description(
        'start no coding agent, and nothing for deliveries or autonomous-cicd, until `cicd resume`',
      )
      .action(async (options: CommonOptions) => {
        const { pause } = await import('../actions/pause.ts');
        await pause(options);
      }),
  );
}

export function resumeCommand(): Command {
  return withCommonOptions(
    new Command('resume')
      .description('end `cicd pause` and work off what was held back')
      .action(async (options: CommonOptions) => {
        const { resume } = await import('../actions/pause.ts');
        await resume(options);
      }),
  );
}
