import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

const line = JSON.stringify({
  _aws: {
    Timestamp: 1,
    CloudWatchMetrics: [
      {
        Namespace: 'Ours',
        Dimensions: [['stack', 'flow']],
        Metrics: [{ Name: 'RunEnded', Unit: 'Count' }],
      },
    ],
  },
  stack: 'dev',
  flow: 'analysis',
  RunEnded: 2,
});

test('a line in the embedded format is a metric of just its dimensions', () => {
  const metrics = createMetrics();

  metrics.readLine(line);
  metrics.readLine('{"message":"no metric"}');
  metrics.readLine('START RequestId: 1');

  const metric = { namespace: 'Ours', name: 'RunEnded' };
  const dimensions = { flow: 'analysis', stack: 'dev' };
  expect(metrics.values({ ...metric, dimensions })).toEqual([2]);
  expect(metrics.values({ ...metric, dimensions: { flow: 'analysis' } })).toEqual([]);
});
