import { describe, expect, test } from 'vitest';
import { evaluateHealth, type Reading } from '../../../../lib/domain/health/evaluate-health.ts';
import type { CheckName } from '../../../../lib/domain/health/health-result.ts';

const thresholds = { cpu: 0.8, memory: 0.8, disk: 0.9, 'flow failures': 0.1 };

const read = (value: number | null): Reading => ({ kind: 'read', value, detail: 'figures' });

function statusOf(name: CheckName, value: number | null) {
  return evaluateHealth([{ name, reading: read(value) }], thresholds).status;
}

describe('evaluateHealth', () => {
  test.each<[CheckName, number, string]>([
    ['cpu', 0.8, 'healthy'],
    ['cpu', 0.81, 'warning'],
    ['cpu', 1, 'warning'],
    ['memory', 0.8, 'healthy'],
    ['memory', 0.81, 'warning'],
    ['memory', 0.95, 'unhealthy'],
    ['disk', 0.9, 'healthy'],
    ['disk', 0.96, 'warning'],
    ['disk', 0.97, 'unhealthy'],
    ['flow failures', 0.1, 'healthy'],
    ['flow failures', 0.2, 'warning'],
    ['flow failures', 0.5, 'unhealthy'],
  ])('takes %s at %d for %s', (name, value, status) => {
    expect(statusOf(name, value)).toBe(status);
  });

  test('is content where there is too little to tell', () => {
    expect(statusOf('flow failures', null)).toBe('healthy');
  });

  test('keeps to a threshold that lies beyond the usual limit of the bearable', () => {
    const reading = { name: 'memory', reading: read(0.97) } as const;
    expect(evaluateHealth([reading], { ...thresholds, memory: 0.98 }).status).toBe('healthy');
    expect(evaluateHealth([reading], { ...thresholds, memory: 0.96 }).status).toBe('unhealthy');
  });

  test('warns of what could not be read, and says why', () => {
    const reading: Reading = { kind: 'unreadable', reason: 'no answer within 45 s' };
    expect(evaluateHealth([{ name: 'disk', reading }], thresholds)).toEqual({
      status: 'warning',
      checks: [
        {
          name: 'disk',
          status: 'warning',
          value: null,
          threshold: 0.9,
          detail: 'no answer within 45 s',
        },
      ],
    });
  });

  test('is as well as its worst check, and shows all of them in order', () => {
    const health = evaluateHealth(
      [
        { name: 'cpu', reading: read(0.85) },
        { name: 'memory', reading: read(0.99) },
        { name: 'disk', reading: read(0.1) },
      ],
      thresholds,
    );
    expect(health.status).toBe('unhealthy');
    expect(health.checks.map(({ name, status }) => [name, status])).toEqual([
      ['cpu', 'warning'],
      ['memory', 'unhealthy'],
      ['disk', 'healthy'],
    ]);
  });
});
