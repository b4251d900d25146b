import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { createCodegen } from '../../lib/adapters/codegen/codegen.ts';
import { createCursor } from '../../lib/adapters/cursor/cursor.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { AgentRunState } from '../../lib/domain/agents/agent-run.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type {
  AgentProvider,
  AgentRequest,
  AgentRunView,
  EarlierStarts,
} from '../../lib/ports/agent-provider.ts';
import type { Store } from '../../lib/ports/store.ts';
import { agentSettings } from '../builders/agent-settings.ts';
import { buildSecrets } from '../builders/secrets.ts';
import { startCodegenServer } from './codegen/codegen-server.ts';
import { openCommandWorld, scriptFor } from './command/command-world.ts';
import { startCursorServer } from './cursor/cursor-server.ts';

/** How the agent runs go that are started from now on. */
export interface WantedEnd {
  /** Default: `succeeded`. Of one that has not ended: it stays so. */
  state?: AgentRunState;
  /** What the agent answers. Default: `Done.` */
  text?: string;
  /** The agent changes code, and a pull request comes of it. Default: false. */
  pullRequest?: boolean;
}

/** A provider with what it needs outside, until the test has finished. */
export interface ProviderWorld {
  provider: AgentProvider;
  /** The same again, as another process has it that shares the store. */
  inAnotherProcess: () => AgentProvider;
  /** One that has nothing to ask with. */
  unconfigured: () => AgentProvider;
  /** One whose credentials, or whose program, are of no use. */
  misconfigured: () => AgentProvider;
  behave: (end: WantedEnd) => void;
  /** Agent runs that were started, however often that was asked for. */
  started: () => number;
  /** For a new agent run. */
  request: (parts?: Partial<AgentRequest>) => AgentRequest;
  /** Of an agent run that the provider has never had. */
  unknownId: string;
}

export interface ProviderUnderTest {
  name: AgentProvider['name'];
  can: Record<'cancel' | 'find' | 'resume' | 'logs', boolean>;
  /** In which an agent run can be seen there. */
  states: readonly AgentRunState[];
  open: () => Promise<ProviderWorld>;
}

/** Every implementation of the port. */
export const agentProviders: readonly ProviderUnderTest[] = [
  {
    name: 'codegen',
    can: { cancel: false, find: true, resume: true, logs: true },
    states: ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'timed-out'],
    open: openCodegen,
  },
  {
    name: 'cursor',
    can: { cancel: true, find: false, resume: true, logs: false },
    states: ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'timed-out'],
    open: openCursor,
  },
  {
    name: 'command',
    can: { cancel: true, find: true, resume: false, logs: true },
    states: ['running', 'succeeded', 'failed', 'cancelled', 'timed-out'],
    open: openCommand,
  },
];

/** As whoever knows that an earlier call may have got through. */
export async function startAgain(
  provider: AgentProvider,
  request: AgentRequest,
  asked: EarlierStarts,
): Promise<AgentRunView> {
  return (await provider.find?.(request.id, asked)) ?? (await provider.start(request));
}

/** A store of the test's own. */
export function openSharedStore(): Store {
  const store = openSqliteStore(':memory:');
  onTestFinished(async () => await store.close());
  return store;
}

export function buildAgentRequest(parts: Partial<AgentRequest> = {}): AgentRequest {
  return {
    id: randomUUID(),
    title: 'code quality of lib',
    prompt: 'Look at lib and tell what is wrong with it.',
    repository: 'acme/shop',
    source: { kind: 'github', repository: 'acme/shop', ref: null },
    commit: 'c0ffee'.padEnd(40, '0'),
    mayChangeCode: false,
    deadline: new Date(Date.now() + 3_600_000).toISOString(),
    ...parts,
  };
}

const requestMs = 2_000;

const codegenWords: Record<AgentRunState, string> = {
  queued: 'PENDING',
  running: 'ACTIVE',
  waiting: 'PAUSED',
  succeeded: 'COMPLETE',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  'timed-out': 'TIMEOUT',
};

const pullRequestUrl = 'https://github.com/acme/shop/pull/5';

async function openCodegen(): Promise<ProviderWorld> {
  const server = await startCodegenServer();
  onTestFinished(async () => await server.close());
  onTestFinished(() => expect(server.violations).toEqual([]));
  const store = openSharedStore();
  const providerWith = (secrets: SecretStore) =>
    createCodegen({
      secrets,
      store,
      apiUrl: server.url,
      requestMs,
      settings: agentSettings.codegen,
    });
  const secrets = { CODEGEN_API_TOKEN: server.token, CODEGEN_ORG_ID: server.orgId };
  const create = () => providerWith(buildSecrets(secrets));
  const pullRequest = {
    id: 5,
    title: 'Remove what is unused',
    url: pullRequestUrl,
    created_at: '2026-11-23T03:00:00',
    head_branch_name: 'codegen/unused',
  };
  return {
    provider: create(),
    inAnotherProcess: create,
    unconfigured: () => providerWith(buildSecrets()),
    misconfigured: () =>
      providerWith(buildSecrets({ ...secrets, CODEGEN_API_TOKEN: 'another-token' })),
    behave: ({ pullRequest: hasOne = false, state = 'succeeded', text: result = 'Done.' }) => {
      const finalStatus = codegenWords[state];
      server.behave(() => ({
        afterMs: 0,
        finalStatus,
        result,
        pullRequests: hasOne ? [pullRequest] : [],
      }));
    },
    started: () => server.agentRuns.length,
    request: buildAgentRequest,
    unknownId: '4711',
  };
}

const cursorWords: Record<Exclude<AgentRunState, 'waiting'>, string> = {
  queued: 'CREATING',
  running: 'RUNNING',
  succeeded: 'FINISHED',
  failed: 'ERROR',
  cancelled: 'CANCELLED',
  'timed-out': 'EXPIRED',
};

async function openCursor(): Promise<ProviderWorld> {
  const server = await startCursorServer();
  onTestFinished(async () => await server.close());
  onTestFinished(() => expect(server.violations).toEqual([]));
  const store = openSharedStore();
  const providerWith = (secrets: SecretStore) =>
    createCursor({
      secrets,
      store,
      apiUrl: server.url,
      requestMs,
      settings: agentSettings.cursor,
    });
  const create = () => providerWith(buildSecrets({ CURSOR_API_KEY: server.key }));
  const repoUrl = 'https://github.com/acme/shop';
  return {
    provider: create(),
    inAnotherProcess: create,
    unconfigured: () => providerWith(buildSecrets()),
    misconfigured: () => providerWith(buildSecrets({ CURSOR_API_KEY: 'another-key' })),
    behave: ({ pullRequest: hasOne = false, state = 'succeeded', text: result = 'Done.' }) => {
      if (state === 'waiting') throw new Error('Agents at Cursor do not wait for anybody');
      const word = cursorWords[state];
      const never = state === 'running' || state === 'queued';
      const branches = hasOne
        ? [{ repoUrl, branch: 'cursor/unused', prUrl: pullRequestUrl }]
        : [{ repoUrl }];
      server.behave(() => ({
        afterMs: 0,
        never,
        statuses: [word],
        finalStatus: word,
        result,
        branches,
      }));
    },
    started: () => server.agents.flatMap(({ runs }) => runs).length,
    request: buildAgentRequest,
    unknownId: 'bc-0/run-0',
  };
}

async function openCommand(): Promise<ProviderWorld> {
  const { commit, connect, folder, setScript, started } = await openCommandWorld();
  let minutes = 60;
  const fromFolder = { source: { kind: 'folder', path: folder }, commit: null } as const;
  return {
    provider: connect(),
    inAnotherProcess: () => connect(),
    unconfigured: () => connect(null),
    misconfigured: () => connect(['no-such-agent']),
    behave: ({ pullRequest = false, state = 'succeeded', text = 'Done.' }) => {
      const edit = pullRequest ? 'echo better >> README.md\n' : '';
      setScript(`${edit}${scriptFor(state, text)}`);
      minutes = state === 'timed-out' ? 0 : 60;
    },
    started,
    request: (parts = {}) =>
      buildAgentRequest({
        // What may be changed is on GitHub; a folder is quicker to get.
        ...(parts.mayChangeCode === true ? { commit } : fromFolder),
        deadline: new Date(Date.now() + minutes * 60_000).toISOString(),
        ...parts,
      }),
    unknownId: 'c0ffee00-0000-4000-8000-000000000000',
  };
}
