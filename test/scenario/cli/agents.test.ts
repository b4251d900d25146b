import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { dataFolderPaths } from '../../../infra/local/data-folder.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { createAgentRuns, type AgentRuns } from '../../../lib/flows/agents/agent-runs.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { startCodegenServer, type CodegenServer } from '../../support/codegen/codegen-server.ts';
import { runCicd, type CicdResult } from '../../support/run-cicd.ts';
import { noSecrets, smallProject } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const config = {
  repositories: [{ name: 'acme/shop', components: { orders: ['orders/**'] } }],
  agents: {
    budget: { concurrent: 3, concurrentPerRepository: 3 },
    codegen: { repositories: { 'acme/shop': 7 } },
  },
};

/** A project whose agents are Codegen's, and nobody's without a server. */
function createProject(codegen?: CodegenServer) {
  const env = {
    CODEGEN_API_URL: codegen?.url ?? 'http://127.0.0.1:9',
    CODEGEN_API_TOKEN: codegen?.token ?? '',
    CODEGEN_ORG_ID: codegen?.orgId ?? '',
  };
  const folder = folderWith({
    ...smallProject,
    'cicd.config.ts': `export default ${JSON.stringify(config)};\n`,
    '.env': Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  });
  const cicd = async (command: string): Promise<CicdResult> => {
    const args = [...command.split(' '), '--config', join(folder, 'cicd.config.ts')];
    const result = await runCicd(args, { env: { ...noSecrets, CODEGEN_API_URL: undefined } });
    expect(result.stdout + result.stderr).not.toContain(codegen?.token ?? 'a token');
    return result;
  };
  return { cicd, folder };
}

async function startAgents(): Promise<CodegenServer> {
  const codegen = await startCodegenServer();
  onTestFinished(async () => {
    await codegen.close();
    expect(codegen.violations).toEqual([]);
  });
  const answer = { summary: 'Orders are never rounded.', findings: [] };
  codegen.behave(() => ({ afterMs: 0, result: JSON.stringify(answer) }));
  return codegen;
}

/** What a project remembers of agent runs. */
async function remembered(folder: string): Promise<AgentRuns> {
  const store = openSqliteStore(dataFolderPaths(join(folder, '.cicd')).store);
  onTestFinished(() => store.close());
  return createAgentRuns(store, { now: Date.now, retentionDays: 14 });
}

const checksSchema = z.object({ checks: z.array(z.object({ area: z.string() }).loose()) });

test('an analysis with agents prints its report; what they did, and cost, is seen afterwards', async () => {
  const { cicd, folder } = createProject(await startAgents());
  const analysed = await cicd('analyze orders --agents');
  expect(analysed.exitCode).toBe(0);
  // Nothing but the report: no line of metrics or of the log.
  expect(analysed.stdout).toMatch(/^# Component orders\n/);
  expect(analysed.stdout).toContain('Orders are never rounded.');
  expect(analysed.stdout).not.toContain('_aws');
  expect(analysed.stderr).toContain('code quality: start the agent: Agent run started');

  const agentRuns = await remembered(folder);
  const [asked] = (await agentRuns.list({ limit: 1 })).agentRuns;
  const id = asked?.id.slice(0, 8) ?? '';
  const older = buildAgentRun({ startedAt: '2026-01-01T12:00:00.000Z' });
  await agentRuns.add(older);
  const [listed, shown, logged, run, used, looked, stopped] = await Promise.all([
    cicd('agents ls --limit 3'),
    cicd(`agents show ${id}`),
    cicd(`agents logs ${id} --follow`),
    cicd(`runs show ${asked?.runId}`),
    cicd('usage --days 1'),
    cicd('doctor --json'),
    cicd(`agents stop ${older.id.slice(0, 8)}`),
  ]);
  expect(listed.stdout.match(/ of orders, acme\/shop +codegen +succeeded /g)).toHaveLength(3);
  expect(listed.stderr).toMatch(/^There are older ones: --limit 15$/m);
  expect(shown.stdout).toContain(asked?.id);
  expect(shown.stdout).toMatch(/^State +succeeded \(COMPLETE\)$/m);
  expect(logged.stdout).toContain('FINAL_ANSWER: {"summary":"Orders are never rounded."');
  expect(run.stdout.match(/ of orders, acme\/shop +codegen +succeeded /g)).toHaveLength(3);
  expect(used.stdout).toMatch(/^\d{4}-\d\d-\d\d +3 +0 /m);
  expect(used.stdout).toMatch(/^starts within 24 hours +3 +20 +17$/m);
  const { checks } = checksSchema.parse(JSON.parse(looked.stdout));
  expect(checks.filter(({ area }) => area === 'Agents')).toMatchObject([
    { subject: 'codegen', state: 'ok' },
    { subject: 'budget', state: 'ok' },
  ]);
  expect(stopped.stderr).toContain('Agent run 00000000 is let go: nobody waits for it any more');
  expect(stopped.stderr).toContain('The agent may go on at https://codegen.com/agent/4711');
  expect(await agentRuns.get(older.id)).toMatchObject({ state: 'cancelled' });
});

test('without a provider that could be asked, commands say what to set', async () => {
  const { cicd } = createProject();
  const [listed, analysed] = await Promise.all([
    cicd('agents ls'),
    cicd('analyze orders --agents'),
  ]);
  const advice = 'Set CODEGEN_API_TOKEN and CODEGEN_ORG_ID in .env.';
  expect(listed.stdout).toBe(`No agent runs. ${advice}\n`);
  expect(analysed).toMatchObject({ exitCode: 2, stdout: '' });
  expect(analysed.stderr).toContain(`No coding agent can be asked. ${advice}`);
});
