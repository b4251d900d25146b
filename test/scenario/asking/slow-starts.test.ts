import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCodegen } from '../../../lib/adapters/codegen/codegen.ts';
import { askAgent } from '../../../lib/flows/agents/ask-agent.ts';
import { agentSettings } from '../../builders/agent-settings.ts';
import {
  askedComponent,
  buildAsking,
  buildChosenAgent,
  startOfAsking,
} from '../../builders/asking.ts';
import { openSharedStore } from '../../support/agent-providers.ts';
import type { ServiceFault } from '../../support/agent-service/json-service.ts';
import { startCodegenServer } from '../../support/codegen/codegen-server.ts';
import { reset, tooManyRequests } from '../../support/faulty-answers.ts';
import { codegenSecrets } from '../agent-providers/hosted-providers.ts';

beforeEach(() => {
  // Tasks are tried again nearly as late as they may be: after 4 s, 7 s, 14 s, 29 s, 58 s.
  vi.spyOn(Math, 'random').mockReturnValue(0.9);
  onTestFinished(() => void vi.restoreAllMocks());
});

const atStart = () => startOfAsking;

const asking = {
  component: askedComponent,
  analysis: 'architecture',
  cause: 'cause-1',
  agent: buildChosenAgent(),
  stages: new Map(),
} as const;

/** Asks a Codegen that takes 50 s to carry out what it was asked, whoever still waits for its answer. */
async function askSlowCodegen(faults: readonly ServiceFault[]) {
  let now = atStart;
  const server = await startCodegenServer({ showsAfterMs: 50_000, now: () => now() });
  onTestFinished(async () => await server.close());
  server.addFaults(faults);
  const provider = createCodegen({
    secrets: codegenSecrets(server),
    store: openSharedStore(),
    apiUrl: server.url,
    requestMs: 30_000,
    settings: { ...agentSettings.codegen, repositories: { 'acme/shop': 7 } },
    now: () => now(),
  });
  const asked = buildAsking({ provider });
  ({ now } = asked);
  const { end } = await askAgent(asked.flow, asking, asked.services);
  return { end, agentRuns: server.agentRuns };
}

const isPost = (line: string) => line.startsWith('POST ');
/** As when nobody waits for its answer any more, or the process that has asked is no more. */
const unheard: ServiceFault = { answer: reset, when: isPost, carriedOut: true };

test('a creation whose answer was lost, and that shows late, is not repeated', async () => {
  const { agentRuns, end } = await askSlowCodegen([unheard]);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
  expect(agentRuns).toHaveLength(1);
});

test('neither is one that was made long after the first was refused', async () => {
  const refused = { answer: tooManyRequests(), when: isPost, times: 3 };
  const { agentRuns, end } = await askSlowCodegen([refused, unheard]);
  expect(end).toMatchObject({ outcome: 'answered', attempts: 1 });
  expect(agentRuns).toHaveLength(1);
});
