import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import type { ScheduleView } from '../../../domain/schedule.ts';
import type { Schedules } from '../../../ports/schedules.ts';
import { sdkFailure } from '../sdk-failures.ts';

export interface RuleSchedulesOptions {
  eventBridge: EventBridgeClient;
  /** Schedule → name of its rule on the default bus. */
  rules: Readonly<Record<string, string>>;
  /** What the store knows of them. */
  schedules: Schedules;
}

/**
 * Schedules whose ticks come from rules of EventBridge. A pause is kept in the store, which decides, and the rule is
 * disabled, so that nothing is called in vain. A rule that somebody has disabled by hand shows as paused.
 * All methods throw UpstreamError when EventBridge refuses or cannot answer.
 */
export function createRuleSchedules({
  eventBridge,
  rules,
  schedules,
}: RuleSchedulesOptions): Schedules {
  const asRuled = async (view: ScheduleView): Promise<ScheduleView> => {
    const rule = rules[view.name];
    if (rule === undefined || view.paused || (await isEnabled(eventBridge, rule))) return view;
    return { ...view, paused: true, nextTickAt: null };
  };

  return {
    list: async () => Promise.all((await schedules.list()).map(asRuled)),
    run: (name) => schedules.run(name),

    async pause(name) {
      // Cut off in between, it is paused all the same: the ticks see the store.
      const view = await schedules.pause(name);
      const rule = rules[name];
      if (rule !== undefined) await disable(eventBridge, rule);
      return view;
    },

    async resume(name) {
      const rule = rules[name];
      // The other way round: with the rule disabled it would seem to go on and never tick.
      if (rule !== undefined) await enable(eventBridge, rule);
      return schedules.resume(name);
    },
  };
}

async function isEnabled(eventBridge: EventBridgeClient, rule: string): Promise<boolean> {
  const { State } = await ask(`Reading the rule ${rule}`, () =>
    eventBridge.send(new DescribeRuleCommand({ Name: rule })),
  );
  return State !== 'DISABLED';
}

async function enable(eventBridge: EventBridgeClient, rule: string): Promise<void> {
  await ask(`Enabling the rule ${rule}`, () =>
    eventBridge.send(new EnableRuleCommand({ Name: rule })),
  );
}

async function disable(eventBridge: EventBridgeClient, rule: string): Promise<void> {
  await ask(`Disabling the rule ${rule}`, () =>
    eventBridge.send(new DisableRuleCommand({ Name: rule })),
  );
}

async function ask<Answer>(what: string, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw sdkFailure(error, { service: 'eventbridge', what });
  }
}
