import {
  healthResultSchema,
  type HealthCheck,
  type HealthResult,
  type HealthStatus,
} from '../../../lib/domain/health/health-result.ts';
import { oneLineText } from '../../../lib/domain/plain-text.ts';
import { flowNames } from '../../../lib/domain/flow-names.ts';
import { exitCodes } from '../exit-codes.ts';
import { untilRunEnds } from '../follow-run.ts';
import { openDesk } from '../desks/open-desk.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';

export interface HealthOptions extends CommonOptions {
  json?: boolean;
}

/** As monitoring systems expect it of a check. */
const exitCodeOfStatus: Record<HealthStatus, number> = { healthy: 0, warning: 1, unhealthy: 2 };

export async function health(options: HealthOptions): Promise<number> {
  const open = await openDesk(await loadSettings(options));
  const { desk, place } = open;
  try {
    const cause = { kind: 'cli' } as const;
    const { runId } = await desk.start({ flow: flowNames.systemHealth, input: {}, cause });
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
