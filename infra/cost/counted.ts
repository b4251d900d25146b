import type { Config } from '../../lib/runtime/config-schema.ts';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import { findStage } from '../stages.ts';

/** A template, as far as it costs something by merely being there. */
export interface CountedTemplate {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

/** What a stack has, and how it is configured. */
export interface Counted {
  secrets: number;
  alarms: number;
  /** An alarm on a share looks at several. */
  alarmMetrics: number;
  /** Runs a month, by schedule. */
  ticks: Record<string, number>;
  /** Times a month that the scheduler looks. */
  looks: number;
  /** GB of memory, by what the id of the function begins with: `GithubWebhook`. */
  memoryGb: (construct: string) => number;
  archiveDays: number;
  logDays: number;
  retentionDays: number;
}

export const hoursPerMonth = 730;

export function count(template: CountedTemplate, config: Config, stageName: string): Counted {
  const stage = findStage(config, stageName);
  const schedules = scheduleDefinitions(config);
  const ticks = schedules.map(
    ({ everyMinutes, name }) => [name, (hoursPerMonth * 60) / everyMinutes] as const,
  );
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
  return {
    secrets: propertiesOf(template, 'AWS::SecretsManager::Secret').length,
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    ticks: Object.fromEntries(ticks),
    looks: ticks.reduce((sum, [, times]) => sum + times, 0),
    memoryGb: (construct) => memoryOf(template, construct),
    archiveDays: stage.archiveDays,
    logDays: stage.logDays,
    retentionDays: config.runs.retentionDays,
  };
}

function propertiesOf({ Resources }: CountedTemplate, type: string): Record<string, unknown>[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => Properties);
}

/** Of a metric that is computed, those that it is computed from. */
function metricsOf({ Metrics }: Record<string, unknown>): number {
  if (!Array.isArray(Metrics)) return 1;
  return Metrics.filter((metric: object) => 'MetricStat' in metric).length;
}

function memoryOf({ Resources }: CountedTemplate, construct: string): number {
  const found = Object.entries(Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(`${construct}Function`),
  );
  const megabytes = found?.[1].Properties?.['MemorySize'];
  if (typeof megabytes !== 'number') throw new Error(`The template has no function ${construct}`);
  return megabytes / 1_024;
}
