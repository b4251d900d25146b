import { Command } from 'commander';
import {
  healthResultSchema,
  type HealthCheck,
  type HealthResult,
  type HealthStatus,
} from '../../../lib/domain/health/health-result.ts';
import { oneLineText } from '../../../lib/domain/plain-text.ts';
import { systemHealth } from '../../../lib/flows/system-health/run.ts';
import { exitCodes, type SetExitCode } from '../exit-codes.ts';
import { untilRunEnds } from '../follow-run.ts';
import { openDesk } from '../desks/open-desk.ts';
import { loadSettings, withCommonOptions, type CommonOptions } from '../options.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

interface HealthOptions extends CommonOptions {
  json?: boolean;
}

/** As monitoring systems expect it of a check. */
const exitCodeOfStatus: Record<HealthStatus, number> = { healthy: 0, warning: 1, unhealthy: 2 };

export function healthCommand(setExitCode: SetExitCode): Command {
  const command = new Command('health')
    .description('look after the system now: starts a run of system-health, and shows its result')
    .addHelpText('after', '\nExit code: 0 healthy, 1 warning, 2 unhealthy, 3 could not be checked.')
    .option('--json', 'as JSON')
    .action(async (options: HealthOptions) => setExitCode(await health(options)));
  return withCommonOptions(command);
}

async function health(options: HealthOptions): Promise<number> {
  const open = await openDesk(await loadSettings(options));
  const { desk, place } = open;
  try {
    const cause = { kind: 'cli' } as const;
    const { runId } = await desk.start({ flow: systemHealth.name, input: {}, cause });
    const run = await untilRunEnds({ reader: desk, place }, runId);
    if (run.state !== 'succeeded') {
      const reason = oneLineText(run.error?.message ?? 'no reason is known');
      printProgress(`The run ${run.id.slice(0, 8)} ${run.state}: ${reason}`);
      return exitCodes.notChecked;
    }
    const result = healthResultSchema.parse(run.result);
    await (options.json === true ? printJson(result) : print(formatHealth(result)));
    return exitCodeOfStatus[result.status];
  } finally {
    await open.close();
  }
}

function formatHealth({ checks, status }: HealthResult): string {
  const head = ['CHECK', 'VALUE', 'THRESHOLD', 'STATUS', 'DETAIL'];
  const table = formatColumns([head, ...checks.map(checkRow)]);
  return `${table}\n\nOverall: ${status}`;
}

function checkRow({ detail, name, status, threshold, value }: HealthCheck): string[] {
  return [name, value === null ? '–' : percent(value), percent(threshold), status, detail];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
