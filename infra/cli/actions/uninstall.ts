import { confirm } from '../confirm.ts';
import { exitCodes } from '../exit-codes.ts';
import { openOutside } from '../desks/open-outside.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { formatColumns, print, printProgress } from '../output.ts';
import { removeWebhooks } from '../webhooks/change-webhooks.ts';

export interface UninstallOptions extends CommonOptions {
  organization?: string;
  yes?: boolean;
}

/** The credentials that could remove the webhooks may go with the rest. */
const failedAdvice = `Not every webhook could be removed. Mend that first, or remove those by hand at GitHub and Linear, and
run this again: it tells how to remove the rest, with which the credentials for the webhooks go.`;

export async function uninstall({
  organization,
  yes,
  ...options
}: UninstallOptions): Promise<number> {
  const settings = await loadSettings(options);
  const outside = await openOutside(settings);
  try {
    const question = 'Remove the webhooks that this installation has registered?';
    if (yes !== true && !(await confirm(question))) {
      printProgress('Nothing was removed.');
      return exitCodes.done;
    }
    const { config } = settings.config;
    const outcomes = await removeWebhooks({
      config,
      organisation: organization,
      outside,
      named: undefined,
    });
    const rows = outcomes.map(({ detail, done, place }) => [place, done, detail]);
    if (rows.length > 0) await print(formatColumns(rows));
    if (outcomes.some(({ done }) => done === 'failed')) {
      printProgress(failedAdvice);
      return exitCodes.failed;
    }
    await print(await whatStays(settings));
    return exitCodes.done;
  } finally {
    await outside.close();
  }
}

async function whatStays(settings: Settings): Promise<string> {
  if (settings.stack === undefined) {
    return `Runs, reports and deliveries stay in ${settings.dataFolder}: stop the host, and remove the folder.`;
  }
  const { openStack } = await import('../stack/open-stack.ts');
  const { formatWhatStays } = await import('../stack/what-stays.ts');
  return formatWhatStays((await openStack(settings, settings.stack)).stack);
}
