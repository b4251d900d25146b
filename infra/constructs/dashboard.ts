import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Stats,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { WebhookRefusal } from '../../lib/runtime/webhook-refusals.ts';
import { ownMetric } from './alarms/own-metric.ts';
import type { SystemAlarms, WatchedSystem } from './alarms/system-alarms.ts';
import type { StoreTable } from './store-table.ts';

export interface DashboardProps extends Omit<WatchedSystem, 'topic'> {
  alarms: SystemAlarms;
  store: StoreTable;
}

const period = Duration.minutes(5);

/** Those that are somebody's to mend. All of them would make a page of more than 50 metrics, which is not free. */
const refusals = ['signature', 'no-secret', 'not-kept'] as const satisfies WebhookRefusal[];

/** One page in CloudWatch, named like the stack: what comes in, what runs, what goes wrong. */
export function addDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: props.stackName,
    defaultInterval: Duration.days(1),
  });
  dashboard.addWidgets(
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms.alarms], width: 24 }),
  );
  dashboard.addWidgets(...ingress(props));
  dashboard.addWidgets(...runs(props));
  dashboard.addWidgets(...functions(props));
  return dashboard;
}

function ingress({ api, stackName }: DashboardProps): IWidget[] {
  const senders = Object.keys(api.senders);
  const verified = senders.flatMap((source) =>
    ['current', 'previous'].map((secret) =>
      ownMetric({ name: 'WebhookVerified', stackName, dimensions: { source, secret } }),
    ),
  );
  const refused = senders.flatMap((source) =>
    refusals.map((reason) =>
      ownMetric({ name: 'WebhookRefused', stackName, dimensions: { source, reason } }),
    ),
  );
  return [
    graph('Deliveries whose signature is right', verified),
    graph('Deliveries turned away', refused),
    graph('Milliseconds until senders have their answer', [
      api.api.metricLatency({ period, statistic: Stats.p(50), label: 'p50' }),
      api.api.metricLatency({ period, statistic: Stats.p(99), label: 'p99' }),
    ]),
  ];
}

function runs({ dispatcher, flows, stackName }: DashboardProps): IWidget[] {
  const ended = flows.flatMap(({ file: flow }) =>
    (['succeeded', 'failed', 'stopped'] as const).map((outcome) =>
      ownMetric({ name: 'RunEnded', stackName, dimensions: { flow, outcome } }),
    ),
  );
  const invoked = flows.map(({ file, function: of }) =>
    of.metricInvocations({ period, label: file }),
  );
  const waiting = dispatcher.function.metric('AsyncEventAge', { period, statistic: Stats.MAXIMUM });
  return [
    graph('Runs that have ended', ended),
    graph('Invocations of flows', invoked),
    graph('Milliseconds that events wait', [waiting]),
  ];
}

function functions({ functions: all, store }: DashboardProps): IWidget[] {
  const errors = all.map(({ file, function: of }) => of.metricErrors({ period, label: file }));
  const givenUp = all.flatMap(({ deadLetters, file }) =>
    deadLetters === undefined
      ? []
      : [deadLetters.metricApproximateNumberOfMessagesVisible({ period, label: file })],
  );
  const { table } = store;
  const throttled = table.metricThrottledRequestsForOperations({
    period,
    operations: [Operation.GET_ITEM, Operation.PUT_ITEM, Operation.QUERY],
  });
  return [
    graph('Failed invocations', errors),
    graph('Dead letters', givenUp),
    graph('Requests that the table has turned away', [throttled]),
  ];
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
