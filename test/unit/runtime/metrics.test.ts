import { afterEach, expect, test, vi } from 'vitest';
import {
  countMetric,
  createMetricCounters,
  setMetricSink,
  writeEmbeddedMetric,
} from '../../../lib/runtime/metrics.ts';

afterEach(() => {
  setMetricSink(writeEmbeddedMetric);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('a count is a line that CloudWatch reads as a metric', () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);

  countMetric('WebhookVerified', { source: 'github', secret: 'previous' });

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: 'AutonomousCicd',
          Dimensions: [['source', 'secret']],
          Metrics: [{ Name: 'WebhookVerified', Unit: 'Count' }],
        },
      ],
    },
    source: 'github',
    secret: 'previous',
    WebhookVerified: 1,
  });
});

test('counts of several stacks in one account do not mix', () => {
  vi.stubEnv('CICD_STACK', 'autonomous-cicd-dev');
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);

  countMetric('WebhookVerified', { source: 'github', secret: 'current' });

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    _aws: { CloudWatchMetrics: [{ Dimensions: [['stack', 'source', 'secret']] }] },
    stack: 'autonomous-cicd-dev',
    source: 'github',
  });
});

test('counters add up what has the same name and dimensions', () => {
  const counters = createMetricCounters();
  setMetricSink(counters.sink);

  countMetric('WebhookRefused', { source: 'github', reason: 'signature' });
  countMetric('WebhookRefused', { source: 'linear', reason: 'signature' });
  countMetric('WebhookRefused', { source: 'github', reason: 'signature' });

  expect(counters.list()).toEqual([
    { name: 'WebhookRefused', dimensions: { source: 'github', reason: 'signature' }, value: 2 },
    { name: 'WebhookRefused', dimensions: { source: 'linear', reason: 'signature' }, value: 1 },
  ]);
});
