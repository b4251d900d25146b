import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { PolicyStatement } from '../../support/aws/iam.ts';
import { deployFlow, stackName } from './deployed-stack.ts';
import { deployProject, githubToken, linearKey, type StackProject } from './stack-project.ts';

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Action: z.union([z.string(), z.array(z.string())]),
      Resource: z.union([z.string(), z.array(z.string())]),
    }),
  ),
});

/** The statements of the policies, filled in as the operator's administrator would. */
function statementsOf({ aws }: StackProject, ...names: string[]): PolicyStatement[] {
  return names.flatMap((name) => {
    const file = new URL(`../../../infra/operator-policies/${name}.json`, import.meta.url);
    const text = readFileSync(file, 'utf8')
      .replaceAll('STACK', stackName)
      .replaceAll('REGION', aws.region)
      .replaceAll('ACCOUNT', aws.account);
    return policySchema.parse(JSON.parse(text)).Statement;
  });
}

const well = { exitCode: 0, stderr: '' };

/** Runs commands as somebody who has the policies. */
function operatorWith(project: StackProject, ...policies: string[]) {
  const statements = statementsOf(project, ...policies);
  const keys = project.aws.issue({ arn: 'arn:aws:iam::123456789012:user/ann', statements });
  const env = project.aws.environmentOf(keys);
  return (args: string, input?: string) =>
    project.onStack(args, { env, ...(input !== undefined && { input }) });
}

test('who may read sees everything, and changes nothing', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health', async () => ({ status: 'healthy', checks: [] }));
  expect(await project.onStack('health')).toMatchObject({ exitCode: 0 });
  const { runs } = JSON.parse((await project.onStack('runs ls --json')).stdout);
  const as = operatorWith(project, 'reading');
  const id = runs[0].id.slice(0, 8);
  const looking = [
    `runs show ${id}`,
    `runs logs ${id}`,
    'deliveries ls',
    'schedules ls',
    'secrets ls',
  ];
  const seen = await Promise.all(looking.map((args) => as(args)));
  for (const { exitCode, stderr } of seen) expect({ exitCode, stderr }).toEqual(well);
  expect(await as('pause')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('AWS does not allow you dynamodb:PutItem on'),
  });
});

test('who may steer as well does everything that a command can do', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health', async () => ({ status: 'healthy', checks: [] }));
  deployFlow(project, 'autonomous-cicd');
  const as = operatorWith(project, 'reading', 'steering');
  await Promise.all([
    as('secrets set github-token', githubToken),
    as('secrets set linear-api-key', linearKey),
  ]);
  const steered = await Promise.all([
    as('webhooks register'),
    as('health'),
    as('schedules pause system-health'),
    as('resume'),
  ]);
  expect(steered.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  expect(await as('secrets rotate linear-webhook-secret')).toMatchObject({ exitCode: 0 });
  const { checks } = JSON.parse((await as('doctor --json')).stdout);
  const refused = checks.filter(({ detail }: { detail: string }) => /not allow/.test(detail));
  expect(refused).toEqual([]);
});
