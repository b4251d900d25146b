import { oneLineText } from '../../../lib/domain/plain-text.ts';
import type { LoadedConfig } from '../../../lib/runtime/config.ts';
import { initLinear } from '../linear-init/init.ts';
import { openOutside } from '../desks/open-outside.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { print, printJson, printProgress } from '../output.ts';

export interface InitOptions extends CommonOptions {
  team?: string;
  json?: boolean;
}

export async function runInit({ json, team, ...options }: InitOptions): Promise<void> {
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
