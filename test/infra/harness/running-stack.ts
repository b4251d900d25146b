import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { StackOutputs } from '../../../infra/stack-outputs.ts';
import { metricNamespace } from '../../../lib/runtime/metrics.ts';
import type { AwsServer } from '../../support/aws/aws-server.ts';
import type { PolicyStatement } from '../../support/aws/iam.ts';
import type { RuleMatch } from './events/target-deliveries.ts';
import type { DeployedFunctions } from './functions/deploy-functions.ts';
import type { DeployedFunction } from './functions/deployed-function.ts';
import type { QueuedInvocations } from './functions/queued-invocations.ts';
import type { HttpApi } from './http/http-api.ts';
import { alarmState, type AlarmState, type WatchedMetric } from './observed/alarms.ts';
import type { Observations } from './observed/observations.ts';
import { allowedRights } from './permissions/rights.ts';
import type { DeadLetter } from './state/queues.ts';
import { putSecret } from './state/secrets.ts';
import type { State } from './state/state.ts';
import type { ResolvedTemplate } from './template/resolve-template.ts';

/** A stack that runs on this machine as its template says. */
export interface RunningStack {
  /** Where its HTTP API is reached: `http://127.0.0.1:PORT`. */
  url: string;
  aws: AwsServer;
  outputs: StackOutputs;
  /** By its file in functions/, without the ending. */
  function(file: string): DeployedFunction;
  /** Sets a secret as `cicd secrets set` does; the name without that of the stack: `linear-api-key`. */
  setSecret(name: string, value: string): Promise<void>;
  /** The time of a schedule has come: its rule fires, unless it is disabled. */
  tick(schedule: string): void;
  /** Takes what stands in the dead-letter queue of a function. */
  takeDeadLetters(file: string): Promise<DeadLetter[]>;
  /** Sum of a metric of ours, by its dimensions beside the stack. */
  metric(name: string, dimensions: Readonly<Record<string, string>>): number;
  /** Sum of one of Lambda's metrics of a function: `Invocations`, `Errors`. */
  lambdaMetric(file: string, name: string): number;
  /** State of an alarm, by its name behind that of the stack: `dead-letters-dispatcher`. */
  alarmState(alarm: string): Promise<AlarmState>;
  /** Everything that was tried without a permission in the template. */
  denied: readonly string[];
  /** What the role of each function allows and was done, by the function's file. */
  rights(): Readonly<Record<string, RoleRights>>;
  /** Lines of a function's log. */
  logs(file: string): readonly string[];
  /** Until no event waits for a function, nor is worked on. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** As `rightOf` says them. */
export interface RoleRights {
  allowed: readonly string[];
  used: readonly string[];
}

export interface StackParts {
  api: HttpApi;
  aws: AwsServer;
  deliver: (match: RuleMatch) => void;
  functions: DeployedFunctions;
  observed: Observations;
  outputs: StackOutputs;
  queued: QueuedInvocations;
  /** What each role may do, by its ARN. */
  roles: ReadonlyMap<string, readonly PolicyStatement[]>;
  /** ARNs of the rules by their names. */
  rules: ReadonlyMap<string, string>;
  state: State;
  template: ResolvedTemplate;
}

export function describeStack(parts: StackParts): RunningStack {
  const { api, aws, functions, observed, outputs, queued, state, template } = parts;
  const secrets = new SecretsManagerClient(aws.clientSettings);
  const sumOf = (metric: WatchedMetric) =>
    observed.metrics.values(metric).reduce((sum, value) => sum + value, 0);
  const functionOf = (file: string) => functions.find(required(outputs.Functions, file).name);
  return {
    url: api.url,
    aws,
    outputs,
    denied: observed.denied,
    rights: () => rightsOf(parts),
    function: functionOf,
    setSecret: (name, value) => putSecret(secrets, `${outputs.SecretsPrefix}${name}`, value),
    tick: (schedule) => fire(required(outputs.ScheduleRules, schedule), parts),
    takeDeadLetters: (file) => state.queues.take(functionOf(file).definition.deadLetters ?? ''),
    metric: (name, dimensions) => {
      const all = { stack: template.stackName, ...dimensions };
      return sumOf({ namespace: metricNamespace, name, dimensions: all });
    },
    lambdaMetric: (file, name) => {
      const FunctionName = functionOf(file).definition.name;
      return sumOf({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName } });
    },
    alarmState: (alarm) => alarmState(template, alarm, (metric) => observe(metric, parts)),
    logs: (file) => observed.lines(required(outputs.Functions, file).logGroup),
    idle: () => queued.idle(),
    async stop() {
      queued.stop();
      api.close();
      await Promise.all(functions.all.map(({ processes }) => processes.stop()));
      secrets.destroy();
      await aws.close();
      await state.close();
    },
  };
}

function rightsOf({ functions, observed, outputs, roles }: StackParts) {
  const rights = Object.entries(outputs.Functions).map(([file, { name }]) => {
    const { role } = functions.find(name).definition;
    const allowed = allowedRights(roles.get(role) ?? []);
    const used = observed.used.get(role.slice(role.lastIndexOf('/') + 1)) ?? [];
    return [file, { allowed, used: [...used] }] as const;
  });
  return Object.fromEntries(rights);
}

/** What a scheduled rule does when its time has come. */
function fire(rule: string, { aws, deliver, rules }: StackParts): void {
  const { State } = aws.events.rules.describe({ Name: rule });
  if (State !== 'ENABLED') return;
  for (const target of aws.events.rules.targets({ Rule: rule })) {
    deliver({
      ruleArn: rules.get(rule) ?? rule,
      target,
      event: { 'detail-type': 'Scheduled Event' },
    });
  }
}

/** The depth of a queue is looked up; all else was noted when it happened. */
async function observe(
  metric: WatchedMetric,
  { observed, state }: StackParts,
): Promise<readonly number[]> {
  const queue = metric.dimensions['QueueName'];
  if (metric.name !== 'ApproximateNumberOfMessagesVisible' || queue === undefined) {
    return observed.metrics.values(metric);
  }
  return [await state.queues.depth(queue)];
}

function required<Value>(record: Readonly<Record<string, Value>>, key: string): Value {
  const value = record[key];
  if (value === undefined) throw new Error(`The stack has no ${key}`);
  return value;
}
