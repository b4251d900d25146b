import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCommandProvider } from '../../../lib/adapters/command/command-provider.ts';
import { createFolderSourceHost } from '../../../lib/adapters/folder/source-host.ts';
import { createGithubAccess } from '../../../lib/adapters/github/access/access.ts';
import { createPullRequests } from '../../../lib/adapters/github/code-host/pull-requests.ts';
import { createGitRemotes } from '../../../lib/adapters/github/git/git-remotes.ts';
import type { AgentRunState } from '../../../lib/domain/agents/agent-run.ts';
import type { AgentProvider } from '../../../lib/ports/agent-provider.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { startGithubServer } from '../github/github-server.ts';
import { folderWith, temporaryFolder } from '../temporary-folder.ts';

/** A script as the agent, with something to work on: a folder, or a repository at a local GitHub. */
export interface CommandWorld {
  /** @param run the command line; null: none is set. Default: the script */
  connect: (run?: readonly string[] | null) => AgentProvider;
  /** What the agents do that are started from now on. */
  setScript: (script: string) => void;
  /** Agents that were started. */
  started: () => number;
  /** Of a folder with one file. */
  folder: string;
  /** Head of `acme/shop`. */
  commit: string;
}

export async function openCommandWorld(): Promise<CommandWorld> {
  const token = 'github_pat_of-ada';
  const server = await startGithubServer({
    repositories: [{ name: 'acme/shop' }],
    tokens: [{ token }],
  });
  const secrets = buildSecrets({ GITHUB_TOKEN: token });
  const access = createGithubAccess({ secrets, apiUrl: server.url });
  const store = openSqliteStore(':memory:');
  onTestFinished(async () => await store.close());
  const runs = temporaryFolder();
  const script = join(temporaryFolder(), 'agent.sh');
  return {
    connect: (run = ['sh', script]) =>
      createCommandProvider({
        folder: runs,
        store,
        settings: {
          environment: [],
          outputMegabytes: 8,
          ...(run === null ? {} : { run: [...run] }),
        },
        git: createGitRemotes(access, server.serverUrl),
        pullRequests: createPullRequests(access),
        folders: createFolderSourceHost(null),
        environment: { PATH: process.env['PATH'] },
      }),
    setScript: (text) => writeFileSync(script, text),
    started: () =>
      readdirSync(runs).filter((id) => existsSync(join(runs, id, 'claim.json'))).length,
    folder: folderWith({ 'a.ts': 'export const a = 1;\n' }),
    commit: server.repository('acme/shop').branches.get('main') ?? '',
  };
}

/** A script that leads to this state. @param text what it answers */
export function scriptFor(state: AgentRunState, text: string): string {
  if (state === 'queued' || state === 'waiting') throw new Error(`Commands are never ${state}`);
  const ends = {
    succeeded: 'exit 0',
    failed: 'echo "no credit left" >&2; exit 1',
    // As if somebody had stopped it.
    cancelled: 'touch "../../../$(basename "$(dirname "$PWD")")/cancel"; sleep 60',
    running: 'sleep 60',
    'timed-out': 'sleep 60',
  };
  return `cat <<'ANSWER'\n${text}\nANSWER\n${ends[state]}\n`;
}
