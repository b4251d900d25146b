import { UpstreamError } from '../../domain/errors.ts';
import type { AgentProvider } from '../../ports/agent-provider.ts';
import type { GitRemotes } from '../../ports/git-remotes.ts';
import type { PullRequests } from '../../ports/pull-requests.ts';
import type { Config } from '../../runtime/config-schema.ts';

export interface CommandProviderOptions {
  /** Where agent runs are kept, each in a folder of its own. */
  folder: string;
  settings: Config['agents']['command'];
  git: GitRemotes;
  pullRequests: PullRequests;
  /** Of the host. */
  environment: Readonly<Record<string, string | undefined>>;
}

/** Runs the command line of a coding agent on this machine, each time in a fresh clone. */
export function createCommandProvider({ settings }: CommandProviderOptions): AgentProvider {
  const refuse = () =>
    Promise.reject(
      new UpstreamError('The command cannot be run.', { service: 'command', retryable: false }),
    );
  return {
    name: 'command',
    isConfigured: () => Promise.resolve(settings.run !== undefined),
    start: refuse,
    get: () => Promise.resolve(undefined),
    probe: refuse,
  };
}
