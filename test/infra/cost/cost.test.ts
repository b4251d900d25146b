import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { count } from '../../../infra/cost/counted.ts';
import { describeCost, readOptions, replaceCost } from '../../../infra/cost/main.ts';
import { freeOf, monthlyCost, totalOf } from '../../../infra/cost/monthly-cost.ts';
import { assumed } from '../../../infra/cost/assumptions.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import { startSystem } from '../../scenario/flows/cicd-fixture.ts';
import { synthesiseStack } from '../stack/synthesise-stack.ts';

const config = parseConfig({});
const counted = count(synthesiseStack().template, config, 'dev');

/** A formatter may align the columns of a table. */
function withoutAlignment(text: string): string {
  return text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
}

test('the README says what the script computes', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const written = replaceCost(readme, describeCost(config));
  expect(withoutAlignment(readme)).toBe(withoutAlignment(written));
});

test('the configuration and the stage that are asked for are computed', () => {
  const aws = { stages: { dev: { logDays: 1 as const }, prod: { logDays: 365 as const } } };
  const [dev, prod] = ['dev', 'prod'].map((stage) => describeCost(parseConfig({ aws }), stage));
  expect(dev).not.toBe(prod);
  expect(() => describeCost(parseConfig({ aws }), 'test')).toThrow(
    "has no stage 'test'. There are: dev, prod. Choose one by --stage NAME",
  );
});

test('a stage is not taken where it would not count: the README is about all defaults', () => {
  expect(readOptions(['--stage', 'prod'])).toMatchObject({ stage: 'prod', write: false });
  expect(readOptions(['--write'])).toMatchObject({ write: true });
  expect(() => readOptions(['--write', '--stage', 'prod'])).toThrow('leave out --stage');
});

describe('the bill', () => {
  test('is at most 10 dollars a month for an idle stack that is alone in its account', () => {
    expect(totalOf(monthlyCost(counted, 0)) - freeOf(counted, 0)).toBeLessThan(10);
  });

  test('grows with the load by what is done for each delivery, and by nothing else', () => {
    const [none, some, many] = [0, 100_000, 200_000].map((load) =>
      totalOf(monthlyCost(counted, load)),
    );
    // Metrics are there from the first delivery on.
    const metrics = 0.9;
    const growth = Number(some) - Number(none) - metrics;
    expect(Number(many) - Number(some)).toBeCloseTo(growth, 6);
    expect(growth).toBeGreaterThan(50);
  });

  test('counts what the template has: a stack without schedules has fewer alarms and no runs', () => {
    const schedules = {
      'autonomous-cicd': { enabled: false },
      'system-health': { enabled: false },
    };
    const without = { schedules };
    const fewer = count(synthesiseStack({ config: without }).template, parseConfig(without), 'dev');
    expect(fewer.alarms).toBe(counted.alarms - 2);
    expect(monthlyCost(fewer, 0)['Lambda, durable']).toBe(0);
    expect(fewer.secrets).toBe(counted.secrets);
  });
});

test('autonomous-cicd has as many operations as the bill says', async () => {
  const run = await startSystem().tick();
  expect(run.tasks.length + 1).toBe(assumed('cicdOperations'));
});
