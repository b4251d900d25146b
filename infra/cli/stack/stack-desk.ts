import { connectAgents } from '../../../functions/services/agent-providers.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { createAgentServices } from '../../../lib/flows/agents/create-agent-services.ts';
import { createDispatchServices } from '../../../lib/flows/dispatch/dispatch-services.ts';
import { createAgentDesk, type AgentDesk } from '../../desk/agent-desk.ts';
import { createDeliveryDesk } from '../../desk/delivery-desk.ts';
import { createRunDesk } from '../../desk/run-desk.ts';
import { createRunReader } from '../../desk/run-reader.ts';
import type { OpenDesk } from '../desks/open-desk.ts';
import type { OpenReader } from '../desks/open-reader.ts';
import type { OpenSwitches } from '../desks/open-switches.ts';
import type { Settings } from '../settings.ts';
import { runPlace } from '../desks/run-place.ts';
import { openStack, type OpenStack } from './open-stack.ts';

/** What works off what a pause has held back. */
const reconciliation = 'autonomous-cicd';

/** The desk of a stack: decisions by the configuration at hand, runs by its functions. */
export async function openStackDesk(settings: Settings, stack: string): Promise<OpenDesk> {
  const open = await openStack(settings, stack);
  const { blobs, pause, runs, schedules, store } = open;
  const { config } = settings;
  const agents = agentsOf(open, settings);
  return {
    desk: createRunDesk(runs, { agents, config, reader: createRunReader(runs, blobs) }),
    agents,
    deliveries: createDeliveryDesk(createDispatchServices({ config, runs, stack, store })),
    schedules,
    pause,
    place: runPlace(stack),
    runsHere: false,
    close: async () => {},
  };
}

/** The same, to look at. */
export async function openStackReader(settings: Settings, stack: string): Promise<OpenReader> {
  const open = await openStackDesk(settings, stack);
  return { ...open, reader: open.desk, hostUrl: null };
}

/** The switches of a stack, on which its functions act at once. */
export async function openStackSwitches(settings: Settings, stack: string): Promise<OpenSwitches> {
  const open = await openStack(settings, stack);
  const { pause, schedules } = open;
  return {
    pause,
    agents: agentsOf(open, settings),
    schedules,
    hostRuns: true,
    workOff: () => startReconciliation(schedules),
    close: async () => {},
  };
}

/** Its providers are asked with the secrets of the stack; what an operator asks by hand has a rate of its own. */
function agentsOf({ secrets, store }: OpenStack, { config }: Settings): AgentDesk {
  const agents = connectAgents({ config, secrets, store: openSqliteStore(':memory:') });
  return createAgentDesk({
    services: createAgentServices({ agents, config, store }),
    secrets,
    store,
  });
}

/** Nothing there waits for the end of a pause: without this, the next tick would notice it. */
async function startReconciliation(schedules: OpenDesk['schedules']): Promise<string> {
  try {
    const { runId } = await schedules.run(reconciliation);
    return `by the run ${runId.slice(0, 8)}`;
  } catch (error) {
    if (!(error instanceof RequestRejectedError)) throw error;
    // Its schedule is not enabled, or a run of it is going on, which may be past looking at deliveries.
    return error.reason === 'conflict'
      ? `by the run of ${reconciliation} that is going on, or the next one`
      : `by nothing: the schedule ${reconciliation} is not enabled (cicd deliveries replay ID)`;
  }
}
