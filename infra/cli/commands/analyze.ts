import { Argument, Command, Option } from 'commander';
import type { AnalyzeOptions } from '../actions/analyze.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { collect, withCommonOptions } from '../options.ts';

export function analyzeCommand(setExitCode: SetExitCode): Command {
  const command = new Command('analyze')
    .description('analyse a component and print the report')
    .addArgument(
      new Argument(
        '<name>',
        'a configured component, or the end of a folder’s path; . for the whole source',
      ),
    )
    .option('--source <dir>', 'folder to read (default: that of the configuration)')
    .addOption(
      new Option(
        '--repo <owner/name>',
        'repository on GitHub to read instead of a folder',
      ).conflicts('source'),
    )
    .option('--ref <ref>', 'its branch, tag or commit (default: its default branch)')
    .option('--path <glob...>', 'files to take, relative to the source; NAME is then free', collect)
    .addOption(
      new Option('--format <format>', 'of the report').choices(['md', 'json']).default('md'),
    )
    .option('--agents', 'ask coding agents, too: they take minutes, and use of their budget')
    .option('--out <file>', 'write the report there instead of to standard output')
    .action(async (name: string, options: AnalyzeOptions) => {
      const { analyze } = await import('../actions/analyze.ts');
      setExitCode(await analyze(name, options));
    });
  return withCommonOptions(command);
}
