import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { startedAws } from '../../../support/aws/started-aws.ts';

const minute = 60_000;
const noon = Date.parse('2026-05-01T12:00:00.000Z');
const group = { logGroupName: '/aws/lambda/f' };

test('sums a metric up by period', async () => {
  const server = await startedAws();
  const client = new CloudWatchClient(server.clientSettings);
  const datum = { MetricName: 'Runs', Dimensions: [{ Name: 'f', Value: 'a' }] };
  const Metric = { Namespace: 'Cicd', ...datum };
  const put = async (Value: number, at: number) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: Metric.Namespace,
        MetricData: [{ ...datum, Value, Timestamp: new Date(at) }],
      }),
    );
  await put(1, noon);
  await put(4, noon + 1_000);
  await put(7, noon + minute);
  const range = { StartTime: new Date(noon), EndTime: new Date(noon + 2 * minute) };

  const statistics = await client.send(
    new GetMetricStatisticsCommand({ ...Metric, ...range, Period: 60, Statistics: ['Sum'] }),
  );
  const data = await client.send(
    new GetMetricDataCommand({
      ...range,
      MetricDataQueries: [{ Id: 'q', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
    }),
  );

  expect(statistics.Datapoints).toMatchObject([
    { Timestamp: new Date(noon), Sum: 5, SampleCount: 2 },
    { Timestamp: new Date(noon + minute), Sum: 7, SampleCount: 1 },
  ]);
  expect(data.MetricDataResults?.[0]?.Values).toEqual([7, 4]);
});

test('finds lines of a log group by a phrase and a time, by pages', async () => {
  const server = await startedAws();
  const client = new CloudWatchLogsClient(server.clientSettings);
  await client.send(new CreateLogGroupCommand(group));
  await client.send(new CreateLogStreamCommand({ ...group, logStreamName: 's' }));
  const messages = ['run-1 begins', 'run-2 begins', 'run-1 goes on', 'run-1 ends'];
  await client.send(
    new PutLogEventsCommand({
      ...group,
      logStreamName: 's',
      logEvents: messages.map((message, index) => ({ message, timestamp: noon + index })),
    }),
  );
  const search = { ...group, filterPattern: '"run-1"', startTime: noon + 1, limit: 1 };

  const first = await client.send(new FilterLogEventsCommand(search));
  const second = await client.send(
    new FilterLogEventsCommand({ ...search, nextToken: first.nextToken }),
  );

  expect(first.events?.map(({ message }) => message)).toEqual(['run-1 goes on']);
  expect(second.events?.map(({ message }) => message)).toEqual(['run-1 ends']);
  expect(second.nextToken).toBeUndefined();
});

test('says of a log group that does not exist that there is none', async () => {
  const server = await startedAws();
  const client = new CloudWatchLogsClient(server.clientSettings);

  const searching = client.send(new FilterLogEventsCommand(group));

  await expect(searching).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
