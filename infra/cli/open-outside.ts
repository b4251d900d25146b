import { createEnvironmentSecrets } from '../../lib/adapters/environment/secret-store.ts';
import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createCodeHostAdmin } from '../../lib/adapters/github/admin/admin.ts';
import { createLinear } from '../../lib/adapters/linear/linear.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { CodeHostAdmin } from '../../lib/ports/code-host-admin.ts';
import type { IssueTracker } from '../../lib/ports/issue-tracker.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { TrackerAdmin } from '../../lib/ports/tracker-admin.ts';
import { githubApi, linearApi } from '../../lib/runtime/local-environment.ts';
import { setLogSink } from '../../lib/runtime/logging.ts';
import { markInstallation } from '../local/installation.ts';
import { textSink } from '../local/text-log.ts';
import type { Closable } from './find-host.ts';
import type { Settings } from './options.ts';

/** The services outside, for commands that set them up or look at how they are. */
export interface OpenOutside extends Closable {
  secrets: SecretStore;
  github: CodeHostAdmin;
  linear: { tracker: IssueTracker; admin: TrackerAdmin };
  /** Mark of this installation: by it, its webhooks are known again. */
  installation: string;
}

/** Needs no data folder: a host may hold it meanwhile. What is logged keeps out of the command's result. */
export function openOutside({ dataFolder, environment, envFile }: Settings): OpenOutside {
  setLogSink(textSink(process.stderr));
  const secrets = createEnvironmentSecrets({ environment, envFile });
  const store = openSqliteStore(':memory:');
  const access = createGithubAccess({ secrets, ...githubApi(process.env) });
  return {
    secrets,
    github: createCodeHostAdmin(access),
    linear: createLinear({ secrets, store, ...linearApi(process.env) }),
    installation: markInstallation(dataFolder),
    close: () => store.close(),
  };
}
