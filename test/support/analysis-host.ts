import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../infra/local/engine/engine.ts';
import { keepRunLog } from '../../infra/local/run-log-sink.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createCodeHost } from '../../lib/adapters/github/code-host/code-host.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source/source-host.ts';
import { createLinear } from '../../lib/adapters/linear/linear.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import { createThreadedInspector } from '../../lib/analysis/threaded-inspector.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { RunDetail } from '../../lib/domain/run.ts';
import { createAnalysisServices } from '../../lib/flows/component-analysis/create-services.ts';
import { componentAnalysis } from '../../lib/flows/component-analysis/run.ts';
import type { AnalysisTasks } from '../../lib/flows/component-analysis/tasks/analysis-tasks.ts';
import { createAnalysisTasks } from '../../lib/flows/component-analysis/tasks/create-analysis-tasks.ts';
import { createLeases } from '../../lib/flows/leases/leases.ts';
import type { AgentProviders } from '../../lib/ports/agent-provider.ts';
import type { IssueTracker } from '../../lib/ports/issue-tracker.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import type { ConfigInput } from '../../lib/runtime/config-schema.ts';
import { setLogSink, writeJsonLine } from '../../lib/runtime/logging.ts';
import { joinSourceHosts } from '../../lib/runtime/source-hosts.ts';
import { buildSecrets } from '../builders/secrets.ts';
import { countNothing } from '../builders/count-nothing.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AnalysisHostOptions {
  /** Where the files are; a host in the same folder goes on with them. Default: a new one. */
  folder?: string;
  config?: ConfigInput;
  /** Default: none, so that nothing outside is configured. */
  secrets?: Partial<Record<SecretName, string>>;
  linearUrl?: string;
  githubUrl?: string;
  /** In place of the real tasks. */
  change?: (tasks: AnalysisTasks) => Partial<AnalysisTasks>;
  /** In place of the real tracker. */
  changeTracker?: (tracker: IssueTracker) => IssueTracker;
  /** Default: none. */
  agents?: AgentProviders;
  /** Between two looks at a budget or an agent, in seconds. Default: as long as usual. */
  agentPause?: number;
  /** The engine keeps to no limit, so that slots have to. */
  withLeases?: boolean;
  now?: () => Date;
}

/** Where nobody listens. */
const nowhere = 'http://127.0.0.1:9';

const noAgents: AgentProviders = { current: () => null, of: () => undefined };

/** The flow on the real engine and real files, with the real adapters of Linear and GitHub. */
export function startAnalysisHost(options: AnalysisHostOptions = {}) {
  const { folder = temporaryFolder(), now = () => new Date() } = options;
  const blobs = createFolderBlobs(join(folder, 'blobs'));
  const engine = createEngine({ databaseFile: join(folder, 'cicd.db'), codeVersion: 'one' });
  const store = openSqliteStore(join(folder, 'store.db'));
  const config = { config: parseConfig(options.config ?? {}), folder };
  const outside = connect({ ...options, store });
  const tasks = createAnalysisTasks({
    blobs,
    clock: { now },
    inspector: createThreadedInspector(),
    sourceHost: joinSourceHosts({
      folder: createFolderSourceHost(folder),
      github: createGithubSourceHost(outside.github),
    }),
  });
  const services = createAnalysisServices(
    {
      agents: options.agents ?? noAgents,
      codeHost: createCodeHost(outside.github),
      tracker: options.changeTracker?.(outside.tracker) ?? outside.tracker,
      config,
      ...(options.withLeases === true && { leases: createLeases(store, Date.now) }),
      sessions: outside.sessions,
      linkTo: (runId) => `https://cicd.example/runs/${runId}`,
      runs: engine,
      stack: 'test',
      store,
    },
    { ...tasks, ...options.change?.(tasks) },
  );
  const { agentPause } = options;
  if (agentPause !== undefined) {
    services.asking.pauses = { budget: () => agentPause, agent: () => agentPause };
  }
  engine.register({
    ...componentAnalysis,
    handler: componentAnalysis.handler(async () => services),
  });
  setLogSink(keepRunLog(engine, () => {}));
  countNothing();
  engine.resume();

  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    setLogSink(writeJsonLine);
    engine.close();
    await store.close();
  };
  onTestFinished(close);
  return {
    blobs,
    close,
    config,
    engine,
    folder,
    services,
    start: (input: unknown) => startAnalysis(engine, input),
    analyse: async (input: unknown): Promise<RunDetail> =>
      engine.waitForRun(await startAnalysis(engine, input)),
  };
}

function connect({
  githubUrl = nowhere,
  linearUrl = nowhere,
  secrets,
  store,
}: AnalysisHostOptions & { store: ReturnType<typeof openSqliteStore> }) {
  const held = buildSecrets(secrets);
  const timing = { requestMs: 2_000, retryMs: 5 };
  const { sessions, tracker } = createLinear({
    secrets: held,
    store,
    apiUrl: linearUrl,
    ...timing,
  });
  return { github: createGithubAccess({ secrets: held, apiUrl: githubUrl }), sessions, tracker };
}

async function startAnalysis(engine: Engine, input: unknown): Promise<string> {
  const { runId } = await engine.start({
    flow: componentAnalysis.name,
    name: crypto.randomUUID(),
    input,
    cause: { kind: 'delivery', deliveryId: 'delivery-1' },
  });
  return runId;
}
