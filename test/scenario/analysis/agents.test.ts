import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createCodegen } from '../../../lib/adapters/codegen/codegen.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { readAnalysisReport } from '../../../lib/flows/component-analysis/report-storage.ts';
import type { Blobs } from '../../../lib/ports/blobs.ts';
import { agentSettings } from '../../builders/agent-settings.ts';
import { buildStore } from '../../builders/dispatch-services.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { startAnalysisHost } from '../../support/analysis-host.ts';
import { startCodegenServer } from '../../support/codegen/codegen-server.ts';
import { folderWith } from '../../support/temporary-folder.ts';

function buildInput() {
  const path = folderWith({ 'orders/total.py': 'def total(prices):\n    return sum(prices)\n' });
  const source = { kind: 'folder', path };
  return { repository: 'acme/shop', component: 'orders', paths: ['orders/**'], source };
}

/** Where one analysis at a time holds a slot, and agents are asked at a Codegen. */
async function startHostWithAgents() {
  const server = await startCodegenServer();
  onTestFinished(async () => await server.close());
  server.behave(() => ({ result: '{"summary": "It is sound.", "findings": []}' }));
  const codegen = createCodegen({
    secrets: buildSecrets({ CODEGEN_API_TOKEN: server.token, CODEGEN_ORG_ID: server.orgId }),
    store: buildStore(),
    apiUrl: server.url,
    requestMs: 2_000,
    settings: { ...agentSettings.codegen, repositories: { 'acme/shop': 7 } },
  });
  const budget = { concurrent: 3, concurrentPerRepository: 3 };
  const host = startAnalysisHost({
    config: {
      runs: { concurrentAnalyses: 1 },
      agents: { budget },
    },
    agents: { current: () => codegen, of: () => codegen },
    agentPause: 0.1,
    withLeases: true,
  });
  return { ...host, server };
}

const resultSchema = z.object({ report: z.string() });

async function agentsIn({ result }: RunDetail, blobs: Blobs) {
  const report = await readAnalysisReport(blobs, resultSchema.parse(result).report);
  return report?.agents;
}

function startOf({ tasks }: RunDetail, name: string): string {
  const task = tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw new Error(`There is no task ${name}`);
  return task.startedAt;
}

test('a report has what agents have found, where they were to be asked; no slot is held for them', async () => {
  const { analyse, blobs, server } = await startHostWithAgents();
  const input = buildInput();
  const without = await analyse(input);
  expect(await agentsIn(without, blobs)).toEqual([]);
  expect(without.tasks.map(({ name }) => name)).not.toContain('choose an agent');
  expect(server.requests).toEqual([]);

  const run = await analyse({ ...input, agents: true });
  expect(await agentsIn(run, blobs)).toMatchObject(
    ['code-quality', 'architecture', 'integration'].map((analysis) => ({
      analysis,
      outcome: 'answered',
      summary: 'It is sound.',
    })),
  );
  expect(startOf(run, 'give back the slot') <= startOf(run, 'ask agents')).toBe(true);
  // Each is paid for: the slot, five tasks, and four for each agent with its looks.
  expect(run.tasks.reduce((sum, { attempts }) => sum + Math.max(1, attempts), 0)).toBeLessThan(60);
  expect(server.violations).toEqual([]);
});
