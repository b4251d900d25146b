import { connectAgents } from '../../../functions/services/agent-providers.ts';
import { createEnvironmentSecrets } from '../../../lib/adapters/environment/secret-store.ts';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { createAgentServices } from '../../../lib/flows/agents/create-agent-services.ts';
import type { AgentProviders } from '../../../lib/ports/agent-provider.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { createAgentDesk, type AgentDesk } from '../../desk/agent-desk.ts';
import { dataFolderPaths } from '../../local/data-folder.ts';
import { connectCommand } from '../../local/local-services.ts';
import { githubApi } from '../../../lib/runtime/local-environment.ts';
import type { Settings } from '../settings.ts';

/**
 * The agents of this machine, for commands that work without its host.
 * @param stores `store`: what is remembered of agent runs, to be read at least; `rates`: to be written
 */
export function openLocalAgents(
  settings: Settings,
  { rates, store }: { rates: Store; store: Store },
): AgentDesk {
  const { config, environment, envFile } = settings;
  const secrets = createEnvironmentSecrets({ environment, envFile });
  const agents = connectLocalAgents(settings, { rates, secrets });
  return createAgentDesk({
    services: createAgentServices({ agents, config, store }),
    secrets,
    store,
  });
}

/** The providers by themselves. None is asked for anything before there is a reason. */
export function connectLocalAgents(
  settings: Settings,
  { rates, secrets }: { rates: Store; secrets: SecretStore },
): AgentProviders {
  const github = createGithubAccess({ secrets, ...githubApi(process.env) });
  return connectAgents({
    config: settings.config,
    secrets,
    store: rates,
    // Its log and its end need nothing of the store: no command starts one without the host.
    command: connectCommand(settings, {
      dataFolder: dataFolderPaths(settings.dataFolder),
      github,
      store: rates,
    }),
  });
}
