import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';
import type { HostServices } from '../../lib/runtime/host-services.ts';
import { onceUnlessFailed } from '../../lib/runtime/once-unless-failed.ts';
import { deployedConfig } from './deployed-config.ts';

/** Starting schedules by hand is for people, on AWS from where they are. */
export type DeployedServices = Omit<HostServices, 'schedules'>;

type Parts = Required<DeployedServices>;
type Makers = { [Name in keyof Parts]: () => Promise<Parts[Name]> };

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
  await Promise.all(names.map((name) => addTo(services, name)));
  return services;
}

async function addTo<Name extends keyof Parts>(
  services: Partial<Parts>,
  name: Name,
): Promise<void> {
  const make: () => Promise<Parts[Name]> = makers[name];
  await make().then((part) => {
    services[name] = part;
  });
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

const outside = onceUnlessFailed(async () => {
  const { connectOutside } = await import('./outside.ts');
  return connectOutside({ secrets: await secrets(), store: await store() });
});

const makers: Makers = {
  // Lambda never sleeps.
  awakeSince: async () => () => 0,

  bus: async () => {
    const { createEventBridgeBus } = await import('../../lib/adapters/aws/events/bus.ts');
    return createEventBridgeBus({
      calls: await calls(),
      bus: deployedVariable(environment, 'bus'),
    });
  },

  codeHost: async () => (await outside()).codeHost,
  config,

  leases: async () => {
    const { createLeases } = await import('../../lib/flows/leases/leases.ts');
    return createLeases(await store(), Date.now);
  },

  linkTo: async () => {
    const { linkUrl } = (await config()).config.host;
    // There is no public page of a run; the dashboard shows how all of them fare.
    if (linkUrl === undefined) return () => deployedVariable(environment, 'dashboardUrl');
    return (runId) => `${linkUrl}/runs/${runId}`;
  },

  machine: async () => {
    const { createMachine } = await import('../../lib/adapters/machine/machine.ts');
    return createMachine('/tmp');
  },

  runs,
  secrets,

  sentDeliveries: async () => {
    const { ourSentDeliveries } = await import('./outside.ts');
    return ourSentDeliveries((await outside()).github, {
      config: await config(),
      installation: deployedVariable(environment, 'installation'),
      store: await store(),
      webhookUrl: deployedVariable(environment, 'webhookUrl'),
    });
  },

  stack: async () => deployedVariable(environment, 'stack'),
  store,
  tracker: async () => (await outside()).tracker,
  trackerAdmin: async () => (await outside()).trackerAdmin,
};
