import { createGithubAccess, type GithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createCodeHost } from '../../lib/adapters/github/code-host/code-host.ts';
import { createSentDeliveries } from '../../lib/adapters/github/deliveries/sent-deliveries.ts';
import { createLinear } from '../../lib/adapters/linear/linear.ts';
import { isOnGithub } from '../../lib/domain/on-github.ts';
import { bringsHere } from '../../lib/domain/webhook-addresses.ts';
import type { CallMeter } from '../../lib/ports/call-meter.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { SentDeliveries } from '../../lib/ports/sent-deliveries.ts';
import type { Store } from '../../lib/ports/store.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { HostServices } from '../../lib/runtime/host-services.ts';
import { githubApi, linearApi } from '../../lib/runtime/local-environment.ts';

/** GitHub and Linear; neither is asked for anything, nor its client loaded, before there is a reason. */
export interface Outside extends Pick<
  HostServices,
  'codeHost' | 'sessions' | 'tracker' | 'trackerAdmin'
> {
  github: GithubAccess;
}

export function connectOutside({
  meter,
  secrets,
  store,
}: {
  secrets: SecretStore;
  store: Store;
  /** Counts the calls. Default: nobody counts. */
  meter?: CallMeter;
}): Outside {
  const metering = meter === undefined ? {} : { meter };
  const github = createGithubAccess({ secrets, ...metering, ...githubApi(process.env) });
  const { admin, sessions, tracker } = createLinear({
    secrets,
    store,
    ...metering,
    ...linearApi(process.env),
  });
  return { github, codeHost: createCodeHost(github), sessions, tracker, trackerAdmin: admin };
}

/** What of GitHub's deliveries was meant for this installation. */
export function ourSentDeliveries(
  github: GithubAccess,
  options: {
    config: LoadedConfig;
    /** By which the installation knows its webhooks again. */
    installation: string;
    store: Store;
    /** Where senders reach it; undefined where nobody has said. */
    webhookUrl: string | undefined;
  },
): SentDeliveries {
  const { config, installation, store, webhookUrl } = options;
  const identity = { source: 'github', base: webhookUrl, installation } as const;
  return createSentDeliveries(github, {
    store,
    repositories: config.config.repositories.filter(isOnGithub).map(({ name }) => name),
    isOurs: (url) => bringsHere(url, identity),
    oursBy: JSON.stringify(identity),
  });
}
