import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createEngine } from '../../../infra/local/engine/engine.ts';
import { keepRunLog } from '../../../infra/local/run-log-sink.ts';
import { createCodegen } from '../../../lib/adapters/codegen/codegen.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import type { Category } from '../../../lib/domain/finding.ts';
import { askAgent } from '../../../lib/flows/agents/ask-agent.ts';
import { askAgents } from '../../../lib/flows/agents/ask-agents.ts';
import type { AskServices } from '../../../lib/flows/agents/asking/ask-services.ts';
import { chooseAgent } from '../../../lib/flows/agents/asking/choose-agent.ts';
import { createAgentServices } from '../../../lib/flows/agents/create-agent-services.ts';
import type { EndedAgent } from '../../../lib/flows/component-analysis/tasks/agent-parts.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import type { Runs } from '../../../lib/ports/runs.ts';
import type { Store } from '../../../lib/ports/store.ts';
import type { ConfigInput } from '../../../lib/runtime/config-schema.ts';
import type { FlowContext } from '../../../lib/runtime/flow-context.ts';
import { flow } from '../../../lib/runtime/flow.ts';
import { setLogSink } from '../../../lib/runtime/logging.ts';
import { retries } from '../../../lib/runtime/retry-policies.ts';
import { askedComponent } from '../../builders/asking.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { startCodegenServer, type CodegenServer } from '../../support/codegen/codegen-server.ts';
import { countNothing } from '../../builders/count-nothing.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A Codegen whose limits no test reaches by its looks; checked at the end. */
export async function startCodegen(): Promise<CodegenServer> {
  const limits = { creationsPerMinute: 1_000, requestsPer30s: 100_000 };
  const server = await startCodegenServer({ limits });
  onTestFinished(async () => await server.close());
  return server;
}

export interface AskingHostOptions {
  server: Pick<CodegenServer, 'orgId' | 'token' | 'url'>;
  /** Where the files are; a host in the same folder goes on with them. Default: a new one. */
  folder?: string;
  /** Default: `one`. A run that another version has begun starts again. */
  codeVersion?: string;
  agents?: ConfigInput['agents'];
  /** Default: all three. */
  analysis?: Category;
  /** In place of the real ones. */
  change?: (services: AskServices, close: () => void) => AskServices;
}

/** A flow that only asks agents, on the real engine, store and adapter; it looks ten times a second. */
export function startAskingHost(options: AskingHostOptions) {
  const { codeVersion = 'one', folder = temporaryFolder() } = options;
  const engine = createEngine({ databaseFile: join(folder, 'cicd.db'), codeVersion });
  const store = openSqliteStore(join(folder, 'store.db'));
  onTestFinished(async () => {
    engine.close();
    await store.close();
  });
  const services = createServices(options, { engine, store });
  const { change = (same) => same } = options;
  const used = change(services, () => engine.close());
  const asking = flow({
    name: 'asking',
    input: z.object({}),
    executionTimeoutSeconds: 60,
    run: (flowContext) => ask(flowContext, used, options.analysis),
  });
  engine.register({ ...asking, handler: asking.handler(async () => used) });
  setLogSink(keepRunLog(engine, () => {}));
  countNothing();
  engine.resume();
  return {
    folder,
    services,
    start: async (): Promise<string> => {
      const request = { flow: 'asking', name: 'one', input: {}, cause: { kind: 'cli' } as const };
      return (await engine.start(request)).runId;
    },
    close: () => engine.close(),
    restartOf: async (runId: string) => (await engine.findByName(`restart-${runId}`))?.id ?? '',
    toEnd: (runId: string): Promise<RunDetail> => engine.waitForRun(runId),
  };
}

async function ask(
  flowContext: FlowContext,
  services: AskServices,
  analysis: Category | undefined,
): Promise<EndedAgent[]> {
  const component = { ...askedComponent, runId: flowContext.runId };
  if (analysis === undefined) return askAgents(flowContext, component, services);
  const agent = await flowContext.task('choose an agent', retries.few, () =>
    chooseAgent(component, services),
  );
  if (agent === null || 'problem' in agent) return [];
  const asking = { component, analysis, agent, cause: 'cause-1', stages: new Map() };
  const work = (branch: FlowContext) => askAgent(branch, asking, services);
  return flowContext.parallel('ask agents', [{ name: analysis, work }]);
}

function createServices(
  { agents, server }: AskingHostOptions,
  { engine, store }: { engine: Pick<Runs, 'getSummary'>; store: Store },
): AskServices {
  const config = { config: parseConfig({ agents: agents ?? {} }), folder: '' };
  const codegen = createCodegen({
    secrets: buildSecrets({ CODEGEN_API_TOKEN: server.token, CODEGEN_ORG_ID: server.orgId }),
    store,
    apiUrl: server.url,
    requestMs: 1_000,
    settings: {
      repositories: { 'acme/shop': 7 },
      creationsPerMinute: 1_000,
      requestsPer30Seconds: 100_000,
    },
  });
  const providers = { current: () => codegen, of: () => codegen };
  return {
    ...createAgentServices({ agents: providers, config, store }),
    instructionsFor: () => null,
    pauses: { agent: () => 0.1, budget: () => 0.1 },
    progress: { show: async () => {} },
    runs: engine,
    stack: 'test',
    tasks: {
      writePrompt: async ({ analysis, before }) =>
        before === null ? `Look at ${analysis}.` : `Look at ${analysis}. ${before.problem}`,
      readAgentAnswer: async ({ analysis, text }) => {
        const kind = text === 'Done.' ? 'answered' : 'unusable';
        return { kind, answer: `answer-of-${analysis}`, problem: null, findings: 0, dropped: 0 };
      },
    },
  };
}
