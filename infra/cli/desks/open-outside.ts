import { createEnvironmentSecrets } from '../../../lib/adapters/environment/secret-store.ts';
import {
  createGithubAccess,
  type GithubAccess,
} from '../../../lib/adapters/github/access/access.ts';
import { createCodeHostAdmin } from '../../../lib/adapters/github/admin/admin.ts';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { AgentProviders } from '../../../lib/ports/agent-provider.ts';
import type { CodeHostAdmin } from '../../../lib/ports/code-host-admin.ts';
import type { IssueTracker } from '../../../lib/ports/issue-tracker.ts';
import type { SecretPresence, SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import type { TrackerAdmin } from '../../../lib/ports/tracker-admin.ts';
import { githubApi, linearApi } from '../../../lib/runtime/local-environment.ts';
import { setLogSink } from '../../../lib/runtime/logging.ts';
import { markInstallation } from '../../local/installation.ts';
import { localStack } from '../../local/local-services.ts';
import { textSink } from '../../local/text-log.ts';
import type { Closable } from './find-host.ts';
import { connectLocalAgents } from './local-agents.ts';
import type { Settings } from '../settings.ts';
import { keepInEnvFile } from '../secrets/keep-in-env-file.ts';
import type { KeepSecret } from '../webhooks/webhook-secret.ts';

/** The services outside, for commands that set them up or look at how they are. */
export interface OpenOutside extends Closable, OutsideServices {
  agents: AgentProviders;
  secrets: SecretStore & SecretPresence;
  /** Where a person sets a secret: `.env` */
  secretsPlace: string;
  keepSecret: KeepSecret;
  /** Mark of this installation: by it, its webhooks are known again. */
  installation: string;
  /** Name of the installation: part of the ids of what it makes. */
  stack: string;
  /** Where senders reach it, without a path; undefined where that is not known. */
  webhookUrl: string | undefined;
}

interface OutsideServices {
  githubAccess: GithubAccess;
  github: CodeHostAdmin;
  linear: { tracker: IssueTracker; admin: TrackerAdmin };
}

/**
 * With the credentials of the stack that is meant, or of this machine. Needs no data folder: a host may hold it
 * meanwhile. What is logged keeps out of the command's result.
 */
export async function openOutside(settings: Settings): Promise<OpenOutside> {
  if (settings.stack !== undefined) {
    const { openStackOutside } = await import('../stack/stack-outside.ts');
    return openStackOutside(settings, settings.stack);
  }
  setLogSink(textSink(process.stderr));
  const { config, dataFolder, environment, envFile } = settings;
  const secrets = createEnvironmentSecrets({ environment, envFile });
  const store = openSqliteStore(':memory:');
  return {
    ...connectServices(secrets, store),
    agents: connectLocalAgents(settings, { rates: store, secrets }),
    secrets,
    secretsPlace: '.env',
    keepSecret: keepInEnvFile(secrets, envFile),
    installation: markInstallation(dataFolder),
    stack: localStack,
    webhookUrl: config.config.host.webhookUrl,
    close: () => store.close(),
  };
}

/** None is asked for anything before there is a reason. */
export function connectServices(secrets: SecretStore, store: Store): OutsideServices {
  const githubAccess = createGithubAccess({ secrets, ...githubApi(process.env) });
  return {
    githubAccess,
    github: createCodeHostAdmin(githubAccess),
    linear: createLinear({ secrets, store, ...linearApi(process.env) }),
  };
}
