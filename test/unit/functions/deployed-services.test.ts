import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

/** As in a new process of a function, which finds just this in its environment. */
async function deployed(environment: Record<string, string>, config?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'task-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (config !== undefined) writeFileSync(join(folder, 'config.json'), config);
  vi.stubEnv('LAMBDA_TASK_ROOT', folder);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { deployedServices } = await import('../../../functions/services/deployed-services.ts');
  return deployedServices;
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

describe('the parts of AWS', () => {
  test('take of the environment only what those are made of that a function needs', async () => {
    const services = await deployed({ CICD_STACK: 'autonomous-cicd-dev' }, '{}');
    const parts = await services(['awakeSince', 'config', 'machine', 'stack']);
    expect(Object.keys(parts).toSorted()).toEqual(['awakeSince', 'config', 'machine', 'stack']);
    expect(parts.stack).toBe('autonomous-cicd-dev');
    expect(parts.config.config.schedules['system-health'].everyMinutes).toBe(5);
    expect(parts.awakeSince()).toBe(0);
  });

  test.each([
    ['bus', 'CICD_BUS'],
    ['runs', 'CICD_TABLE'],
    ['secrets', 'CICD_SECRETS_PREFIX'],
    ['stack', 'CICD_STACK'],
    ['store', 'CICD_TABLE'],
  ] as const)('say that the stack has not given what %s is made of', async (name, variable) => {
    const services = await deployed({ AWS_REGION: 'eu-west-1' }, '{}');
    await expect(services([name])).rejects.toMatchObject({
      problems: [expect.stringContaining(variable)],
    });
  });

  test('are made once', async () => {
    const services = await deployed({ CICD_TABLE: 't', AWS_REGION: 'eu-west-1' }, '{}');
    const [one, other] = await Promise.all([services(['store']), services(['store'])]);
    expect(one.store).toBe(other.store);
  });

  test.each([
    ['is not there', undefined, 'cannot be read'],
    ['is no JSON', '{', 'cannot be read'],
    ['is none of this program', '{"port":1}', 'port'],
  ])('say so when the configuration %s', async (_title, config, problem) => {
    const services = await deployed({}, config);
    await expect(services(['config'])).rejects.toMatchObject({
      problems: [expect.stringContaining(problem)],
    });
  });

  test('say so when the flows are no JSON', async () => {
    const services = await deployed(
      { CICD_TABLE: 't', CICD_FLOWS: '{', AWS_REGION: 'eu-west-1' },
      '{}',
    );
    await expect(services(['runs'])).rejects.toMatchObject({
      problems: [expect.stringContaining('CICD_FLOWS')],
    });
  });
});

describe('a link to a run', () => {
  test.each([
    ['where cicd ui shows the pages of the stack', '{}', 'http://localhost:4200'],
    ['at the port of the configuration', '{"host":{"port":4300}}', 'http://localhost:4300'],
    [
      'at the address that the configuration names',
      '{"host":{"linkUrl":"https://cicd.acme.example"}}',
      'https://cicd.acme.example',
    ],
  ])('leads to its page, %s', async (_title, config, pages) => {
    const services = await deployed({}, config);
    const { linkTo } = await services(['linkTo']);
    expect(linkTo('r-1')).toBe(`${pages}/runs/r-1`);
  });
});
