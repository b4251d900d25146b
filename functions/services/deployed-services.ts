import type { Config } from '../../lib/runtime/config-schema.ts';
import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';
import type { HostServices } from '../../lib/runtime/host-services.ts';
import { onceUnlessFailed } from '../../lib/runtime/once-unless-failed.ts';
import { deployedConfig } from './deployed-config.ts';

type Parts = Required<HostServices>;

/**
 * The parts of AWS that a function works with, by their names. Each is made when it is first needed, its modules are
 * loaded then, and it takes of the environment just what it is made of: a function is given no more than that.
 * @throws ConfigError for what the stack has not given to this function
 */
export async function deployedServices<Name extends keyof Parts>(
  names: readonly Name[],
): Promise<Pick<Parts, Name>>;
export async function deployedServices(names: readonly (keyof Parts)[]): Promise<Partial<Parts>> {
  const services: Partial<Parts> = {};
  for (const part of await Promise.all(names.map((name) => makers[name]()))) {
    Object.assign(services, part);
  }
  return services;
}

const environment = process.env;

const config = onceUnlessFailed(deployedConfig);

const store = onceUnlessFailed(async () => {
  const { deployedStore } = await import('./deployed-store.ts');
  return deployedStore();
});

const runs = onceUnlessFailed(async () => {
  const { deployedRuns } = await import('./deployed-runs.ts');
  return deployedRuns({ config: await config(), store: await store() });
});

const calls = onceUnlessFailed(async () => {
  const { deployedCalls } = await import('./deployed-calls.ts');
  return deployedCalls();
});

const secrets = onceUnlessFailed(async () => {
  const { createAwsSecrets } = await import('../../lib/adapters/aws/secrets/secret-store.ts');
  const prefix = deployedVariable(environment, 'secretsPrefix');
  return createAwsSecrets({ calls: await calls(), prefix });
});

/** Of this process, which writes what it has counted before it is frozen (keep-counts.ts). */
const meter = onceUnlessFailed(async () => {
  const { createCallMeter } = await import('../../lib/flows/usage/call-meter.ts');
  return createCallMeter(await store(), Date.now);
});

const outside = onceUnlessFailed(async () => {
  const { connectOutside } = await import('./outside.ts');
  return connectOutside({ meter: await meter(), secrets: await secrets(), store: await store() });
});

/** Each makes the part of its name. */
const makers: Record<keyof Parts, () => Promise<Partial<Parts>>> = {
  agents: async () => {
    const { connectAgents } = await import('./agent-providers.ts');
    const parts = { config: await config(), secrets: await secrets(), store: await store() };
    return { agents: connectAgents({ ...parts, meter: await meter() }) };
  },

  // Lambda never sleeps.
  awakeSince: async () => ({ awakeSince: () => 0 }),

  bus: async () => {
    const { createEventBridgeBus } = await import('../../lib/adapters/aws/events/bus.ts');
    const bus = deployedVariable(environment, 'bus');
    return { bus: createEventBridgeBus({ calls: await calls(), bus }) };
  },

  codeHost: async () => ({ codeHost: (await outside()).codeHost }),
  config: async () => ({ config: await config() }),

  leases: async () => {
    const { createLeases } = await import('../../lib/flows/leases/leases.ts');
    return { leases: createLeases(await store(), Date.now) };
  },

  linkTo: async () => ({ linkTo: linkTo((await config()).config.host) }),

  machine: async () => {
    const { createMachine } = await import('../../lib/adapters/machine/machine.ts');
    return { machine: createMachine('/tmp') };
  },

  runs: async () => ({ runs: await runs() }),
  secrets: async () => ({ secrets: await secrets() }),

  sentDeliveries: async () => {
    const { ourSentDeliveries } = await import('./outside.ts');
    const { github } = await outside();
    const sentDeliveries = ourSentDeliveries(github, {
      config: await config(),
      installation: deployedVariable(environment, 'installation'),
      store: await store(),
      webhookUrl: deployedVariable(environment, 'webhookUrl'),
    });
    return { sentDeliveries };
  },

  sessions: async () => ({ sessions: (await outside()).sessions }),
  stack: async () => ({ stack: deployedVariable(environment, 'stack') }),
  store: async () => ({ store: await store() }),
  tracker: async () => ({ tracker: (await outside()).tracker }),
  trackerAdmin: async () => ({ trackerAdmin: (await outside()).trackerAdmin }),
};

/** No page of a run is public: without an address of its own, a link opens where `cicd ui --stack NAME` runs. */
function linkTo({ linkUrl, port }: Config['host']): HostServices['linkTo'] {
  const pages = linkUrl ?? `http://localhost:${port}`;
  return (runId) => `${pages}/runs/${runId}`;
}

/** Writes down what was counted so far. @throws ConfigError for what the stack has not given to this function */
export async function writeCounts(): Promise<void> {
  await (await meter()).flush();
}
