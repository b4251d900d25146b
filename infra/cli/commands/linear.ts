import { Command } from 'commander';
import { oneLineText } from '../../../lib/domain/plain-text.ts';
import type { LoadedConfig } from '../../../lib/runtime/config.ts';
import { initLinear } from '../linear-init/init.ts';
import { openOutside } from '../desks/open-outside.ts';
import { loadSettings, withCommonOptions, type CommonOptions, type Settings } from '../options.ts';
import { print, printJson, printProgress } from '../output.ts';

interface InitOptions extends CommonOptions {
  team?: string;
  json?: boolean;
}

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
    .action(runInit);
  return new Command('linear').description('set Linear up').addCommand(withCommonOptions(init));
}

async function runInit({ json, team, ...options }: InitOptions): Promise<void> {
  const settings = await loadSettings(options);
  const outside = await openOutside(settings);
  try {
    const services = { ...outside.linear, stack: outside.stack, tell };
    const result = await initLinear(withTeam(settings.config, team), services);
    if (json === true) return await printJson(result);
    await print(whatNext(oneLineText(result.trackingIssue), settings));
  } finally {
    await outside.close();
  }
}

/** What Linear calls things may hold anything. */
function tell(line: string): void {
  printProgress(oneLineText(line));
}

function withTeam({ config, folder }: LoadedConfig, team: string | undefined): LoadedConfig {
  if (team === undefined) return { config, folder };
  return { folder, config: { ...config, linear: { ...config.linear, team } } };
}

function whatNext(trackingIssue: string, { config }: Settings): string {
  const { analysisLabel, trackingIssue: configured } = config.config.linear;
  const ask = `Give a sub-issue the label “${analysisLabel}” to have its component analysed.`;
  if (configured !== undefined) return ask;
  return `Write into cicd.config.ts: linear: { trackingIssue: '${trackingIssue}' }\n${ask}`;
}
