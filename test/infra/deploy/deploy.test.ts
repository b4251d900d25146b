import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stackOutputsSchema } from '../../../infra/stack-outputs.ts';
import type { DeployedTemplate } from './deploying-cloud-formation.ts';
import { startDeployServer } from './deploy-server.ts';
import { runCdk, type CdkResult } from './run-cdk.ts';

const stack = 'autonomous-cicd-dev';

const account = await startDeployServer();
const home = mkdtempSync(join(tmpdir(), 'cicd-deploy-'));
const assembly = join(home, 'cdk.out');
const environment = { ...account.environment, HOME: home };
afterAll(async () => {
  await account.close();
  rmSync(home, { recursive: true, force: true });
});

/** Without a synthesis: what lies in the folder is deployed. */
async function cdkAgain(...args: string[]): Promise<CdkResult> {
  return runCdk([...args, '--app', assembly], environment);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => relative(folder, join(parentPath, name)));
}

function deployed(): DeployedTemplate {
  const template = account.templateOf(stack);
  if (template === undefined) throw new Error(`${stack} is not deployed`);
  return template;
}

describe('cdk deploy, with the real bundles', () => {
  let first: CdkResult;
  beforeAll(async () => {
    const args = ['deploy', '--require-approval', 'never', '--output', assembly];
    first = await runCdk(args, environment);
  }, 120_000);

  test('ends well, having asked nothing that AWS does not know', () => {
    expect(first).toMatchObject({ exitCode: 0, output: expect.stringContaining(`✅  ${stack}`) });
    expect(account.violations).toEqual([]);
  });

  test('takes less than 20 s of the processor, with synthesis, bundles and upload', () => {
    expect(first.seconds).toBeGreaterThan(1);
    expect(first.seconds).toBeLessThan(20);
  });

  test('brings the whole template', () => {
    const file = join(assembly, `${stack}.template.json`);
    expect(deployed()).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    expect(Object.keys(deployed().Resources).length).toBeGreaterThan(80);
  });

  test('brings the code of every function, each of its files', () => {
    const codes = Object.values(deployed().Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => JSON.stringify(Properties?.['Code']));
    expect(codes.length).toBeGreaterThan(7);
    for (const code of codes) {
      const [digest = 'none'] = /[0-9a-f]{64}(?=\.zip)/.exec(code) ?? [];
      const zip = account.assets.get(`${digest}.zip`) ?? Buffer.of();
      const files = filesIn(join(assembly, `asset.${digest}`));
      expect(zip.subarray(0, 2).toString()).toBe('PK');
      expect(files).toContain('index.mjs');
      expect(files.filter((file) => !zip.includes(file))).toEqual([]);
    }
  });

  test('tells all that the commands of an operator read', () => {
    const told = [...first.output.matchAll(/^autonomous-cicd-dev\.(\w+) = /gm)].map(
      ([, name]) => name,
    );
    expect(told).toEqual(expect.arrayContaining(Object.keys(stackOutputsSchema.shape)));
  });

  test('borrows a role for each kind of work', () => {
    const roles = account.calls
      .map(({ principal }) => /cdk-hnb659fds-([a-z-]+)-role/.exec(principal)?.[1])
      .filter((role) => role !== undefined);
    expect(new Set(roles)).toEqual(new Set(['deploy', 'file-publishing']));
  });

  test('changes nothing the second time, and says so', async () => {
    const uploads = account.calls.filter(({ operation }) => operation === 'PUT').length;
    const second = await cdkAgain('deploy', '--require-approval', 'never');
    expect(second).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining(`✅  ${stack} (no changes)`),
    });
    expect(account.calls.filter(({ operation }) => operation === 'PUT')).toHaveLength(uploads);
  });

  test('can be undone', async () => {
    const destroyed = await cdkAgain('destroy', '--force');
    expect(destroyed.exitCode).toBe(0);
    expect(account.templateOf(stack)).toBeUndefined();
    expect(account.violations).toEqual([]);
  });
});
