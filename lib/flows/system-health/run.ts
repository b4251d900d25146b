import { z } from 'zod';
import { flowNames } from '../../domain/flow-names.ts';
import { evaluateHealth, type Thresholds } from '../../domain/health/evaluate-health.ts';
import { rateFlowFailures } from '../../domain/health/flow-failures.ts';
import type { CheckName, HealthResult } from '../../domain/health/health-result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Machine, Usage } from '../../ports/machine.ts';
import type { Runs } from '../../ports/runs.ts';
import type { FlowContext } from '../../runtime/flow-context.ts';
import { flow } from '../../runtime/flow.ts';
import { retries } from '../../runtime/retry-policies.ts';
import { listRunsOfLastDay } from '../recent-runs.ts';
import { readWithin, type Measurement } from './probe.ts';

export interface HealthServices {
  machine: Machine;
  runs: Pick<Runs, 'list'>;
  clock: Clock;
  thresholds: Thresholds;
  /** Milliseconds that a probe may take: the four of them end well within the run's own time. */
  probeLimitMs: number;
}

/** Looks after the system itself: the machine below it, and how its flows fare. */
export const systemHealth = flow<Record<string, never>, HealthResult, HealthServices>({
  name: flowNames.systemHealth,
  input: z.strictObject({}),
  executionTimeoutSeconds: 240,

  run: async (context, _input, services) => {
    const readings = await readAll(context, services);
    const health = evaluateHealth(readings, services.thresholds);
    for (const { name, ...check } of health.checks.filter(({ status }) => status !== 'healthy')) {
      context.log.warn('A check is not healthy', { check: name, ...check });
    }
    return health;
  },
});

/** Side by side, each a task of its own: one that hangs holds up no other. */
function readAll(context: FlowContext, services: HealthServices) {
  const { machine } = services;
  const probe = (name: CheckName, read: () => Promise<Measurement>) => ({
    name,
    work: (branch: FlowContext) =>
      branch.task(`read ${name}`, retries.none, async ({ log }) => {
        const reading = await readWithin(services.probeLimitMs, read);
        if (reading.kind === 'unreadable') {
          log.warn('The probe failed', { check: name, reason: reading.reason });
        }
        return { name, reading };
      }),
  });
  return context.parallel('probes', [
    probe('cpu', async () => measurementOf(await machine.cpu())),
    probe('memory', async () => measurementOf(await machine.memory())),
    probe('disk', async () => measurementOf(await machine.disk())),
    probe('flow failures', () => measureFlowFailures(services)),
  ]);
}

function measurementOf({ detail, used }: Usage): Measurement {
  return { value: used, detail };
}

async function measureFlowFailures({ clock, runs, thresholds }: HealthServices) {
  const recent = await listRunsOfLastDay(runs, clock.now().getTime());
  return rateFlowFailures(recent, thresholds['flow failures']);
}
