import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createCodegen } from '../../../lib/adapters/codegen/codegen.ts';
import { createAgentRuns, type AgentRuns } from '../../../lib/flows/agents/agent-runs.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { saveReport } from '../../../lib/flows/component-analysis/report-storage.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { agentSettings } from '../../builders/agent-settings.ts';
import { buildPush } from '../../builders/events.ts';
import { report } from '../../builders/reports.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { buildAgentRequest } from '../../support/agent-providers.ts';
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

function agentRunsOf({ store }: StackProject): AgentRuns {
  return createAgentRuns(store, { now: Date.now, retentionDays: 14 });
}

/** An agent that Codegen has started for the stack. @returns the id of its run */
async function startAgent(project: StackProject): Promise<string> {
  const { codegen, store } = project;
  const secrets = { CODEGEN_API_TOKEN: codegen.token, CODEGEN_ORG_ID: codegen.orgId };
  const provider = createCodegen({
    secrets: buildSecrets(secrets),
    store,
    apiUrl: codegen.url,
    requestMs: 2_000,
    settings: agentSettings.codegen,
  });
  const { providerId } = await provider.start(buildAgentRequest());
  await project.setSecret('CODEGEN_API_TOKEN', codegen.token);
  await project.setSecret('CODEGEN_ORG_ID', codegen.orgId);
  const startedAt = new Date().toISOString();
  const { id } = await agentRunsOf(project).add(buildAgentRun({ providerId, startedAt }));
  return id;
}

test('who may read sees everything, and changes nothing', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health', async () => ({ status: 'healthy', checks: [] }));
  expect(await project.onStack('health')).toMatchObject({ exitCode: 0 });
  const { runs } = JSON.parse((await project.onStack('runs ls --json')).stdout);
  const as = operatorWith(project, 'reading');
  const id = runs[0].id.slice(0, 8);
  const startedAt = new Date().toISOString();
  const agentRun = await agentRunsOf(project).add(buildAgentRun({ startedAt }));
  const looking = [
    'runs ls',
    `runs show ${id}`,
    `runs logs ${id}`,
    'deliveries ls',
    'schedules ls',
    'secrets ls',
    'agents ls',
    `agents show ${agentRun.id}`,
    'usage',
  ];
  const seen = await Promise.all(looking.map((args) => as(args)));
  for (const { exitCode, stderr } of seen) expect({ exitCode, stderr }).toEqual(well);
  expect(await as('pause')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('AWS does not allow you dynamodb:PutItem on'),
  });
  const { checks } = JSON.parse((await as('doctor --json')).stdout);
  const credentials = checks.filter(({ area }: { area: string }) => area === 'Credentials');
  expect(credentials).toMatchObject(
    ['GitHub', 'Linear'].map((subject) => ({
      subject,
      state: 'warning',
      detail: expect.stringMatching(/^not checked: .*GetSecretValue/),
      advice: expect.stringContaining('steering.json'),
    })),
  );
  expect(await as('webhooks register')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('AWS does not allow you'),
  });
});

test('who may steer as well sets the stack up, and takes it down', async () => {
  const project = await deployProject();
  const as = operatorWith(project, 'reading', 'steering');
  await Promise.all([
    as('secrets set github-token', githubToken),
    as('secrets set linear-api-key', linearKey),
  ]);
  expect(await as('secrets rotate linear-webhook-secret')).toMatchObject({ exitCode: 0 });
  expect(await as('webhooks register')).toMatchObject({ exitCode: 0 });
  const [{ stdout }, linear] = await Promise.all([as('doctor --json'), as('linear init')]);
  expect(linear).toMatchObject({ exitCode: 0 });
  const { checks } = JSON.parse(stdout);
  const refused = checks.filter(({ detail }: { detail: string }) => /not checked/.test(detail));
  expect(refused).toEqual([]);
  expect(await as('secrets unset linear-webhook-secret')).toMatchObject({ exitCode: 0 });
  expect(await as('uninstall --yes')).toMatchObject({ exitCode: 0 });
});

test('who may steer as well starts and stops runs and agents, and turns switches', async () => {
  const project = await deployProject();
  const result = { report: await saveReport(project.blobs, report()) };
  const goesOn = Promise.withResolvers<object>();
  onTestFinished(() => goesOn.resolve(result));
  const results = [goesOn.promise];
  deployFlow(project, 'component-analysis', async () => results.shift() ?? result);
  deployFlow(project, 'system-health', async () => ({ status: 'healthy', checks: [] }));
  deployFlow(project, 'autonomous-cicd');
  const push = buildPush();
  await createDeliveryRecords(project.store, Date.now).add(push);
  const as = operatorWith(project, 'reading', 'steering');
  const replayed = await as(`deliveries replay ${push.deliveryId}`);
  const id = /(\S+) started/.exec(replayed.stdout)?.[1] ?? '';
  const stopped = await as(`runs stop ${id}`);
  expect(stopped).toMatchObject({ exitCode: 0 });
  expect(stopped.stderr).not.toContain('had ended already');

  const agentRun = await startAgent(project);
  const [logged, ...last] = await Promise.all([
    as(`agents logs ${agentRun}`),
    as(`runs retry ${id}`),
    as('analyze orders'),
    as('schedules pause system-health'),
    as('pause'),
  ]);
  const [left, ...ended] = await Promise.all([
    as(`agents stop ${agentRun}`),
    as('schedules resume system-health'),
    as('resume'),
  ]);
  const exitCodes = [logged, left, ...last, ...ended].map(({ exitCode }) => exitCode);
  expect(exitCodes).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(logged.stdout).toContain('FINAL_ANSWER: Done.');
  expect(left.stderr).toContain('is let go: nobody waits for it any more');
  expect(await agentRunsOf(project).get(agentRun)).toMatchObject({ state: 'cancelled' });
});
