import { describe, expect, test } from 'vitest';
import { createFolderBlobs } from '../../../../lib/adapters/folder/blobs.ts';
import type { AgentEnd } from '../../../../lib/domain/agents/agent-part.ts';
import type { SourceSnapshot } from '../../../../lib/flows/component-analysis/collect-files.ts';
import { saveValue } from '../../../../lib/flows/component-analysis/stored-values.ts';
import { readAgentParts } from '../../../../lib/flows/component-analysis/tasks/agent-parts.ts';
import { readAgentAnswerTask } from '../../../../lib/flows/component-analysis/tasks/read-agent-answer.ts';
import {
  writePromptTask,
  type PromptTaskRequest,
} from '../../../../lib/flows/component-analysis/tasks/write-prompt.ts';
import type { Logger } from '../../../../lib/runtime/logging.ts';
import { answerTo, writtenFinding } from '../../../builders/agent-answers.ts';
import { integrationPoint, report } from '../../../builders/reports.ts';
import { sourceFile } from '../../../builders/source-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const snapshot: SourceSnapshot = {
  commit: 'c0ffee'.repeat(6).padEnd(40, '0'),
  files: [sourceFile('orders/payment.py', 'a\nb\n'), sourceFile('other/b.py', 'c\n', false)],
  manifests: [],
  listed: [{ path: 'orders/limits.yaml', lines: 3 }],
  counts: report().files,
  referencesComplete: true,
};
const hit = (rule: string, message: string) => ({
  rule,
  path: 'orders/payment.py',
  line: 2,
  message,
});
const input = {
  repository: 'acme/shop',
  component: 'orders',
  paths: ['orders/**'],
  source: { kind: 'folder' as const, path: '/src/shop' },
};
const nothing = () => undefined;
const log: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What the tasks before have left, and a request for a prompt. */
async function analysed() {
  const blobs = createFolderBlobs(temporaryFolder());
  const quality = [hit('unused-import', '`os` is imported and never used.')];
  const modules = { graph: report().graph, hits: [hit('import-cycle', 'In a cycle.')] };
  const outside = { points: [integrationPoint({ name: 'stripe' })], hits: [] };
  const request: PromptTaskRequest = {
    input,
    runId: 'run-1',
    files: {
      snapshot: await saveValue(blobs, 'work/snapshot', snapshot),
      previousReport: null,
      commit: null,
    },
    quality: {
      facts: 'work/never-read',
      qualityHits: await saveValue(blobs, 'work/quality', quality),
      duplicatedLines: 0,
      notes: [],
    },
    architecture: { architecture: await saveValue(blobs, 'work/architecture', modules) },
    integration: { integration: await saveValue(blobs, 'work/integration', outside) },
    analysis: 'code-quality',
    instructions: null,
    mayChangeCode: false,
    before: null,
  };
  return { blobs, request };
}

const end: AgentEnd = {
  analysis: 'code-quality',
  provider: 'codegen',
  outcome: 'answered',
  agentRunId: 'agent-run-1',
  attempts: 1,
  minutes: 4,
  url: null,
  pullRequests: [],
  problem: null,
};

describe('the prompt of an analysis', () => {
  test('holds what was found for it, and all files of the component', async () => {
    const { blobs, request } = await analysed();
    const prompt = await writePromptTask({ blobs }, request);
    expect(prompt).toContain(`- Commit: ${snapshot.commit}`);
    expect(prompt).toContain('| low · orders/payment.py:2 · unused-import · ');
    expect(prompt).toContain('| orders/limits.yaml: 3');
    for (const other of ['import-cycle', 'stripe', 'other/b.py']) {
      expect(prompt).not.toContain(other);
    }
    const ofIntegration = await writePromptTask({ blobs }, { ...request, analysis: 'integration' });
    expect(ofIntegration).toContain('| http-api · stripe at lib/a.py:1');
    expect(ofIntegration).not.toContain('unused-import');
  });

  test('is the same however often it is written, but for the mark of another run', async () => {
    const { blobs, request } = await analysed();
    const prompt = await writePromptTask({ blobs }, request);
    expect(await writePromptTask({ blobs }, request)).toBe(prompt);
    const mark = /BEGIN ANSWER \w+/.exec(prompt)?.[0] ?? '';
    expect(mark).toHaveLength('BEGIN ANSWER 12345678'.length);
    expect(await writePromptTask({ blobs }, { ...request, runId: 'run-2' })).not.toContain(mark);
  });
});

describe('the answer to it', () => {
  test('is checked, stored, and becomes a part of the report', async () => {
    const { blobs, request } = await analysed();
    const findings = [
      writtenFinding({ line: 2 }),
      writtenFinding({ path: 'orders/limits.yaml', line: 3, title: 'No limit.' }),
      writtenFinding({ line: 3 }),
      writtenFinding({ path: 'other/b.py', line: 1 }),
    ];
    const prompt = await writePromptTask({ blobs }, request);
    const text = answerTo(prompt, { summary: 'Sound.', findings });
    const read = await readAgentAnswerTask({ blobs }, { ...request, text }, log);
    expect(read).toMatchObject({ kind: 'answered', problem: null, findings: 2, dropped: 2 });

    const parts = await readAgentParts(blobs, [
      { end, answer: read.answer },
      { end: { ...end, analysis: 'architecture', outcome: 'failed' }, answer: null },
    ]);
    expect(parts).toMatchObject([
      { analysis: 'code-quality', summary: 'Sound.', dropped: 2, attempts: 1 },
      { analysis: 'architecture', outcome: 'failed', summary: '', findings: [], dropped: 0 },
    ]);
    expect(parts[0]?.findings.map(({ line, path }) => `${path}:${line}`)).toEqual([
      'orders/payment.py:2',
      'orders/limits.yaml:3',
    ]);
  });
});
