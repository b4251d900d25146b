import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { ScheduleDefinition } from '../../lib/flows/schedules/definitions.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { eventTarget } from './event-target.ts';

export interface ScheduleRulesProps {
  schedules: readonly ScheduleDefinition[];
  /** Is given the name of the schedule: it starts what is due. */
  scheduler: DeployedFunction;
}

/** A rule for each schedule, which can be disabled by itself. */
export class ScheduleRules extends Construct {
  /** By the name of the schedule. */
  readonly rules: Readonly<Record<string, Rule>>;

  constructor(scope: Construct, id: string, { scheduler, schedules }: ScheduleRulesProps) {
    super(scope, id);
    const rules = schedules.map(({ everyMinutes, name }) => {
      const rule = new Rule(this, name, {
        description: `The schedule ${name}: every ${everyMinutes} minutes`,
        schedule: Schedule.expression(checkExpression(everyMinutes)),
        targets: [eventTarget(scheduler, RuleTargetInput.fromObject({ schedule: name }))],
      });
      return [name, rule] as const;
    });
    this.rules = Object.fromEntries(rules);
  }
}

/**
 * How often the scheduler looks whether a tick is due. Ticks fall on multiples of their interval since 1970, which cron
 * can say for few intervals; but each falls on a multiple of what the interval and an hour have in common.
 */
function scheduleCheckMinutes(everyMinutes: number): number {
  return greatestCommonDivisor(everyMinutes, 60);
}

export function checkExpression(everyMinutes: number): string {
  const minutes = scheduleCheckMinutes(everyMinutes);
  return minutes === 60 ? 'cron(0 * * * ? *)' : `cron(0/${minutes} * * * ? *)`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
