import * as client from '@aws-sdk/client-eventbridge';
import type { AwsService, Call } from '../../service.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { createEventRules, defaultBus, type EventRules } from './event-rules.ts';
import { acceptEntry, requireEntryLimits, type BridgeEvent } from './put-events.ts';

/** Called for each target of a rule that lets an event through. */
export type OnMatch = (rule: string, target: client.Target, event: BridgeEvent) => void;

export interface EventBridge extends AwsService {
  readonly rules: EventRules;
  createBus(name: string): void;
  /** What AWS's own services do: an event of theirs, to the default bus. */
  emit(event: BridgeEvent): void;
  /** Everything that was accepted, by bus, oldest first. */
  events(bus?: string): readonly BridgeEvent[];
}

/** EventBridge without archives, pipes and input transformers; `onMatch` does the delivering. */
export function createEventBridge(onMatch: OnMatch): EventBridge {
  const buses = new Map<string, BridgeEvent[]>([[defaultBus, []]]);
  const rules = createEventRules();

  function accept(bus: string, event: BridgeEvent): void {
    const kept = buses.get(bus);
    // As in AWS: an entry for a bus that does not exist is accepted, and nobody hears of it.
    if (kept === undefined) return;
    kept.push(event);
    for (const { rule, target } of rules.matching(bus, event)) onMatch(rule, target, event);
  }

  return {
    name: 'events',
    wire: createJsonWire(serviceSchemas(client), '1.1'),
    rules,
    createBus: (name) => void buses.set(name, buses.get(name) ?? []),
    emit: (event) => accept(defaultBus, event),
    events: (bus = defaultBus) => buses.get(bus) ?? [],
    resources: (operation, input: ResourceInput, call) =>
      operation === 'PutEvents'
        ? (input.Entries ?? []).map(({ EventBusName }) => busArn(EventBusName, call))
        : [ruleArn(input, call)],
    operations: {
      PutEvents(input: client.PutEventsCommandInput, call: Call) {
        const entries = input.Entries ?? [];
        requireEntryLimits(entries);
        const results = entries.map((entry, index) => {
          if (call.partial && index % 2 === 0) return throttledEntry;
          const result = acceptEntry(entry, call);
          if ('event' in result) accept(busName(entry.EventBusName), result.event);
          return 'event' in result ? { EventId: result.event.id } : result;
        });
        const failed = results.filter((result) => 'ErrorCode' in result).length;
        return { Entries: results, FailedEntryCount: failed };
      },
      PutRule(input: client.PutRuleCommandInput, call: Call) {
        rules.put(input);
        return { RuleArn: ruleArn(input, call) };
      },
      PutTargets(input: client.PutTargetsCommandInput) {
        rules.addTargets(input);
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
      DescribeRule: (input: client.DescribeRuleCommandInput, call: Call) =>
        withArn(rules.describe(input), call),
      EnableRule: (input: client.EnableRuleCommandInput) => rules.setState(input, 'ENABLED'),
      DisableRule: (input: client.DisableRuleCommandInput) => rules.setState(input, 'DISABLED'),
      ListTargetsByRule: (input: client.ListTargetsByRuleCommandInput) => ({
        Targets: rules.targets(input),
      }),
    },
  };
}

/** What a script of partial failure lets every second entry fail with. */
const throttledEntry = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };

interface ResourceInput {
  Entries?: client.PutEventsRequestEntry[] | undefined;
  Name?: string | undefined;
  Rule?: string | undefined;
  EventBusName?: string | undefined;
}

function withArn(rule: client.Rule, call: Call): client.Rule {
  return { ...rule, Arn: ruleArn(rule, call) };
}

/** A bus is named by its name or its ARN. */
function busName(nameOrArn = defaultBus): string {
  return nameOrArn.split('/').at(-1) ?? nameOrArn;
}

function busArn(nameOrArn: string | undefined, { region, account }: Call): string {
  return `arn:aws:events:${region}:${account}:event-bus/${busName(nameOrArn)}`;
}

function ruleArn(input: ResourceInput, { region, account }: Call): string {
  const bus = busName(input.EventBusName);
  const rule = input.Rule ?? input.Name ?? '*';
  const path = bus === defaultBus ? rule : `${bus}/${rule}`;
  return `arn:aws:events:${region}:${account}:rule/${path}`;
}
