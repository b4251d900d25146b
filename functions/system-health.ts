import { systemHealth } from '../lib/flows/system-health/run.ts';
import { flowServices } from './services/flow-services.ts';

/** Looks after the machine and the flows, every few minutes. */
export const handler = systemHealth.handler(async () => {
  const { config, machine, runs } = await flowServices(['config', 'machine', 'runs']);
  const { cpu, disk, failureRate, memory } = config.config.health;
  return {
    machine,
    runs,
    clock: { now: () => new Date() },
    thresholds: { cpu, memory, disk, 'flow failures': failureRate },
    probeLimitMs: 45_000,
  };
});
