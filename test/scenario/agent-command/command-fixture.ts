import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { createCommandProvider } from '../../../lib/adapters/command/command-provider.ts';
import { createFolderSourceHost } from '../../../lib/adapters/folder/source-host.ts';
import { createPullRequests } from '../../../lib/adapters/github/code-host/pull-requests.ts';
import { createGitRemotes } from '../../../lib/adapters/github/git/git-remotes.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { isFinalAgentRunState } from '../../../lib/domain/agents/agent-run.ts';
import type {
  AgentProvider,
  AgentRequest,
  AgentRunView,
} from '../../../lib/ports/agent-provider.ts';
import type { Store } from '../../../lib/ports/store.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import type { GithubServer } from '../../support/github/github-server.ts';
import type { GithubSeed } from '../../support/github/seed.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { githubWithToken, headOf } from '../github/github-fixture.ts';

export interface Workplace {
  server: GithubServer;
  /** Where the provider keeps its agent runs. */
  folder: string;
  store: Store;
  /** Of the store. */
  storeFile: string;
  provider: AgentProvider;
  /** What the next host has in place of it. */
  connect: () => AgentProvider;
  /** A request for an agent run in `acme/shop`. */
  request: (values?: Partial<AgentRequest>) => AgentRequest;
  /** Starts an agent run and waits until it has ended. */
  run: (values?: Partial<AgentRequest>) => Promise<AgentRunView>;
}

export const shopFiles = {
  'README.md': '# Shop\n',
  'src/cart.ts': 'export const cart = [];\n',
  'windows.txt': 'one\r\ntwo\r\n',
  '.gitattributes': '*.txt text eol=crlf\n',
  '.gitignore': 'out/\n',
};

export interface WorkplaceOptions {
  settings?: Partial<Config['agents']['command']>;
  environment?: Record<string, string>;
  seed?: GithubSeed;
}

/** A shell as the agent, which does what its prompt says, and a GitHub with something to work on. */
export async function startWorkplace({
  environment = {},
  seed = {},
  settings = {},
}: WorkplaceOptions = {}): Promise<Workplace> {
  const repositories = [{ name: 'acme/shop', files: shopFiles }];
  const { access, server } = await githubWithToken({ repositories, ...seed });
  const data = temporaryFolder();
  const folder = join(data, 'agent-runs');
  const storeFile = join(data, 'store.db');
  const store = openSqliteStore(storeFile);
  onTestFinished(async () => await store.close());
  const connect = () =>
    createCommandProvider({
      folder,
      store,
      settings: { run: ['sh'], environment: [], outputMegabytes: 8, ...settings },
      git: createGitRemotes(access, server.serverUrl),
      pullRequests: createPullRequests(access),
      folders: createFolderSourceHost(null),
      environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    });
  const provider = connect();
  const request = (values: Partial<AgentRequest> = {}): AgentRequest => ({
    id: randomUUID(),
    title: 'code quality of cart',
    prompt: 'echo Done.',
    repository: 'acme/shop',
    source: { kind: 'github', repository: 'acme/shop', ref: null },
    commit: headOf(server),
    mayChangeCode: true,
    deadline: new Date(Date.now() + 60_000).toISOString(),
    ...values,
  });
  const run = async (values: Partial<AgentRequest> = {}): Promise<AgentRunView> => {
    const { providerId } = await provider.start(request(values));
    return untilEnded(provider, providerId);
  };
  return { server, folder, store, storeFile, provider, connect, request, run };
}

export async function untilEnded(provider: AgentProvider, id: string): Promise<AgentRunView> {
  for (;;) {
    const view = await provider.get(id);
    if (view === undefined) throw new Error('The agent run is not known');
    if (isFinalAgentRunState(view.state)) return view;
    await pause(20);
  }
}

/** Waits until a script has written this file. */
export async function untilThere(file: string): Promise<string> {
  await expect.poll(() => existsSync(file), { timeout: 10_000, interval: 20 }).toBe(true);
  return readFileSync(file, 'utf8');
}

/** Whether a process is there and has not ended. */
export function isRunning(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid.trim()}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}
