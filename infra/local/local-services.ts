import { connectAgents } from '../../functions/services/agent-providers.ts';
import { connectOutside, ourSentDeliveries } from '../../functions/services/outside.ts';
import { createCommandProvider } from '../../lib/adapters/command/command-provider.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import type { GithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createPullRequests } from '../../lib/adapters/github/code-host/pull-requests.ts';
import { createGitRemotes } from '../../lib/adapters/github/git/git-remotes.ts';
import { createMachine } from '../../lib/adapters/machine/machine.ts';
import { openSqliteStore, type SqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { BusEvent } from '../../lib/domain/event.ts';
import { createAgentServices } from '../../lib/flows/agents/create-agent-services.ts';
import { createAgentPause, type StoredAgentPause } from '../../lib/flows/agent-pause.ts';
import { createAnswerRecords, type AnswerRecords } from '../../lib/flows/answers/answer-records.ts';
import {
  createDeliveryRecords,
  type DeliveryRecords,
} from '../../lib/flows/dispatch/delivery-records.ts';
import { createDispatchServices } from '../../lib/flows/dispatch/dispatch-services.ts';
import { createCallMeter, type StoredCallMeter } from '../../lib/flows/usage/call-meter.ts';
import type { AgentProvider } from '../../lib/ports/agent-provider.ts';
import type { Runs } from '../../lib/ports/runs.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { provideHostServices } from '../../lib/runtime/host-services.ts';
import { githubServer } from '../../lib/runtime/local-environment.ts';
import { createLogger, errorFields } from '../../lib/runtime/logging.ts';
import type { DataFolderPaths } from './data-folder.ts';
import { createAgentDesk, type AgentDesk } from '../desk/agent-desk.ts';
import { createDeliveryDesk, type DeliveryDesk } from '../desk/delivery-desk.ts';
import type { HostSettings } from './host-settings.ts';
import { markInstallation } from './installation.ts';
import { createLocalBus, type LocalBus } from './local-bus.ts';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';

/** What the functions of this process find instead of AWS. */
export interface LocalServices {
  store: SqliteStore;
  agents: AgentDesk;
  bus: LocalBus;
  /** Holds counted calls that are not written down yet. */
  meter: Pick<StoredCallMeter, 'flush'>;
  deliveries: DeliveryDesk;
  scheduler: Scheduler;
  pause: StoredAgentPause;
  /** What is shown at places outside. */
  answers: Pick<AnswerRecords, 'get'>;
}

/** Name of the installation on one machine: part of the names of its runs. */
export const localStack = 'local';

/** Opens the store and provides the functions of this process with what they work on. */
export function createLocalServices(
  settings: HostSettings,
  dataFolder: DataFolderPaths,
  { pagesUrl, runs }: { runs: Runs; pagesUrl: () => string },
): LocalServices {
  const { config, envFile, environment } = settings;
  const now = Date.now;
  const stack = localStack;

  const store = openSqliteStore(dataFolder.store);
  const records = createDeliveryRecords(store, now);
  const pause = createAgentPause(store, now);
  const bus = openBus(records);
  const scheduler = openScheduler(config, { pause, runs, store });
  const secrets = createEnvironmentSecrets({ environment, envFile });
  const meter = createCallMeter(store, now);
  const { github, ...outside } = connectOutside({ meter, secrets, store });
  const command = connectCommand(settings, { dataFolder, github, store });
  const agents = connectAgents({ config, secrets, store, meter, command });
  provideHostServices({
    ...outside,
    agents,
    sentDeliveries: ourSentDeliveries(github, {
      config,
      installation: markInstallation(dataFolder.folder),
      store,
      webhookUrl: config.config.host.webhookUrl,
    }),
    awakeSince: scheduler.awakeSince,
    bus,
    config,
    linkTo: (runId) => `${config.config.host.linkUrl ?? pagesUrl()}/runs/${runId}`,
    machine: createMachine(dataFolder.folder),
    runs,
    secrets,
    stack,
    store,
  });
  const deliveries = createDeliveryDesk(createDispatchServices({ config, runs, stack, store }));
  return {
    store,
    agents: createAgentDesk({
      services: createAgentServices({ agents, config, store }),
      secrets,
      store,
    }),
    bus,
    meter,
    deliveries,
    scheduler,
    pause,
    answers: createAnswerRecords(store, now),
  };
}

interface CommandParts {
  dataFolder: DataFolderPaths;
  github: GithubAccess;
  store: Store;
}

/** A coding agent's command line on this machine. */
export function connectCommand(
  { config, environment }: HostSettings,
  { dataFolder, github, store }: CommandParts,
): AgentProvider {
  return createCommandProvider({
    folder: dataFolder.agentRuns,
    store,
    folders: createFolderSourceHost(dataFolder.folder),
    settings: config.config.agents.command,
    git: {
      // Asked for when it is needed: most hosts need none, and it may not be known.
      of: async (repository) =>
        await createGitRemotes(github, githubServer(process.env)).of(repository),
    },
    pullRequests: createPullRequests(github),
    environment,
  });
}

function openScheduler(
  { config }: LoadedConfig,
  parts: { pause: StoredAgentPause; runs: Runs; store: Store },
): Scheduler {
  const log = createLogger();
  return createScheduler({
    ...parts,
    definitions: scheduleDefinitions(config),
    stack: localStack,
    now: Date.now,
    onProblem: (problem) => log.error('Schedule was not checked', errorFields(problem)),
  });
}

function openBus(deliveries: DeliveryRecords): LocalBus {
  const log = createLogger();
  return createLocalBus({
    deliveries,
    dispatch,
    onProblem: (problem, { id, source }) =>
      log.error('Delivery was not dispatched', { deliveryId: id, source, ...errorFields(problem) }),
  });
}

/** Calls the deployed function as EventBridge would. */
async function dispatch(event: BusEvent): Promise<void> {
  const { handler } = await import('../../functions/dispatcher.ts');
  await handler({ detail: event });
}
