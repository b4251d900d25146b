import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createCodeHost } from '../../lib/adapters/github/code-host/code-host.ts';
import { createSentDeliveries } from '../../lib/adapters/github/deliveries/sent-deliveries.ts';
import { createLinear } from '../../lib/adapters/linear/linear.ts';
import { createMachine } from '../../lib/adapters/machine/machine.ts';
import { openSqliteStore, type SqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { BusEvent } from '../../lib/domain/event.ts';
import { isOnGithub } from '../../lib/domain/on-github.ts';
import { createAgentPause, type StoredAgentPause } from '../../lib/flows/agent-pause.ts';
import { createAnswerRecords, type AnswerRecords } from '../../lib/flows/answers/answer-records.ts';
import {
  createDeliveryRecords,
  type DeliveryRecords,
} from '../../lib/flows/dispatch/delivery-records.ts';
import { createDispatchServices } from '../../lib/flows/dispatch/dispatch-services.ts';
import type { Runs } from '../../lib/ports/runs.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { provideHostServices, type HostServices } from '../../lib/runtime/host-services.ts';
import { githubApi, linearApi } from '../../lib/runtime/local-environment.ts';
import { createLogger, errorFields } from '../../lib/runtime/logging.ts';
import type { DataFolderPaths } from './data-folder.ts';
import { createDeliveryDesk, type DeliveryDesk } from '../desk/delivery-desk.ts';
import type { HostSettings } from './host-settings.ts';
import { markInstallation } from './installation.ts';
import { createLocalBus, type LocalBus } from './local-bus.ts';
import { scheduleDefinitions } from '../../lib/flows/schedules/definitions.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { bringsHere } from '../../lib/domain/webhook-addresses.ts';

/** What the functions of this process find instead of AWS. */
export interface LocalServices {
  store: SqliteStore;
  bus: LocalBus;
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
  const log = createLogger();
  const now = Date.now;
  const stack = localStack;

  const store = openSqliteStore(dataFolder.store);
  const records = createDeliveryRecords(store, now);
  const pause = createAgentPause(store, now);
  const bus = openBus(records);
  const scheduler = createScheduler({
    definitions: scheduleDefinitions(config.config),
    store,
    runs,
    pause,
    stack,
    now,
    onProblem: (problem) => log.error('Schedule was not checked', errorFields(problem)),
  });
  const secrets = createEnvironmentSecrets({ environment, envFile });
  provideHostServices({
    ...connectOutside(config, {
      installation: markInstallation(dataFolder.folder),
      secrets,
      store,
    }),
    awakeSince: scheduler.awakeSince,
    bus,
    config,
    linkTo: (runId) => `${config.config.host.linkUrl ?? pagesUrl()}/runs/${runId}`,
    machine: createMachine(dataFolder.folder),
    runs,
    schedules: scheduler,
    secrets,
    stack,
    store,
  });
  const deliveries = createDeliveryDesk(createDispatchServices({ config, runs, stack, store }));
  return { store, bus, deliveries, scheduler, pause, answers: createAnswerRecords(store, now) };
}

/** The services outside; none is asked for anything, nor its client loaded, before there is a reason. */
function connectOutside(
  { config }: LoadedConfig,
  { installation, secrets, store }: { installation: string; secrets: SecretStore; store: Store },
): Pick<HostServices, 'codeHost' | 'sentDeliveries' | 'tracker' | 'trackerAdmin'> {
  const github = createGithubAccess({ secrets, ...githubApi(process.env) });
  const { admin, tracker } = createLinear({ secrets, store, ...linearApi(process.env) });
  const identity = { source: 'github', base: config.host.webhookUrl, installation } as const;
  const sentDeliveries = createSentDeliveries(github, {
    store,
    repositories: config.repositories.filter(isOnGithub).map(({ name }) => name),
    isOurs: (url) => bringsHere(url, identity),
    oursBy: JSON.stringify(identity),
  });
  return { codeHost: createCodeHost(github), sentDeliveries, tracker, trackerAdmin: admin };
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
