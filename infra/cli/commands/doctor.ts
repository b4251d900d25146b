import { Command } from 'commander';
import type { CheckLine } from '../doctor/check-line.ts';
import { formatCheckLines, hasProblem } from '../doctor/format-lines.ts';
import { checkGithubCredentials } from '../doctor/github-credentials.ts';
import { judgeHost } from '../doctor/host-checks.ts';
import { checkLinear } from '../doctor/linear-checks.ts';
import { checkRepositories, listGithubRepositories } from '../doctor/repository-access.ts';
import { exitCodes, type SetExitCode } from '../exit-codes.ts';
import { openOutside } from '../open-outside.ts';
import { openReader } from '../open-reader.ts';
import { loadSettings, withCommonOptions, type CommonOptions, type Settings } from '../options.ts';
import { print, printJson } from '../output.ts';
import { checkWebhooks } from '../webhooks/check-webhooks.ts';

interface DoctorOptions extends CommonOptions {
  json?: boolean;
}

const deliveriesLookedAt = 100;

export function doctorCommand(setExitCode: SetExitCode): Command {
  const command = new Command('doctor')
    .description('look whether credentials, webhooks and host are as they should be')
    .addHelpText('after', '\nExit code: 0 all is well, 1 something is not.')
    .option('--json', 'as JSON')
    .action(async (options: DoctorOptions) => setExitCode(await doctor(options)));
  return withCommonOptions(command);
}

async function doctor(options: DoctorOptions): Promise<number> {
  const settings = await loadSettings(options);
  const lines = [...(await checkOutside(settings)), ...(await checkHost(settings))];
  await (options.json === true ? printJson({ checks: lines }) : print(formatCheckLines(lines)));
  return hasProblem(lines) ? exitCodes.failed : exitCodes.done;
}

async function checkOutside(settings: Settings): Promise<CheckLine[]> {
  const { config } = settings.config;
  const outside = openOutside(settings);
  try {
    const repositories = listGithubRepositories(config);
    const isNeeded = repositories.length > 0;
    const [github, linear] = await Promise.all([
      checkGithubCredentials(outside.github, { isNeeded, now: Date.now() }),
      checkLinear(outside.linear, config.linear),
    ]);
    const canAsk = github.every(({ state }) => state === 'ok' || state === 'warning');
    return [
      ...github,
      ...linear.filter(({ area }) => area === 'Credentials'),
      ...(canAsk ? await checkRepositories(outside.github, repositories) : []),
      ...linear.filter(({ area }) => area !== 'Credentials'),
      ...(await checkWebhooks(outside, {
        config,
        url: config.host.webhookUrl,
        organisation: undefined,
      })),
    ];
  } finally {
    await outside.close();
  }
}

async function checkHost(settings: Settings): Promise<CheckLine[]> {
  const open = await openReader(settings);
  try {
    const { deliveries } = await open.deliveries.list({ limit: deliveriesLookedAt });
    return judgeHost({
      url: open.hostUrl,
      schedules: await open.schedules.list(),
      deliveries,
      pausedSince: (await open.pause.get())?.since ?? null,
      now: Date.now(),
    });
  } finally {
    await open.close();
  }
}
