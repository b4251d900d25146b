import { resolve } from 'node:path';
import { isOwnErrorName, RequestRejectedError, UpstreamError } from '../../domain/errors.ts';
import type { FolderSource } from '../../domain/source.ts';
import type { AgentProvider, AgentRequest, AgentRunView } from '../../ports/agent-provider.ts';
import type { GitRemotes } from '../../ports/git-remotes.ts';
import type { PullRequests } from '../../ports/pull-requests.ts';
import type { SourceHost } from '../../ports/source-host.ts';
import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { createLogger, errorFields } from '../../runtime/logging.ts';
import { cancelRun } from './cancel-run.ts';
import { codeOf } from './error-code.ts';
import { createGit } from './git/git-command.ts';
import { createHostRecords, overOf, type Publication } from './host-records.ts';
import { lookAtRun } from './look-at-run.ts';
import { pageOf } from './printed-lines.ts';
import { readPrinted } from './printed.ts';
import type { Ended } from './publish/publish-changes.ts';
import { publishOnce } from './publish/publish-once.ts';
import { isRunId, runPaths } from './run-paths.ts';
import { shareWork } from './shared-work.ts';
import { startRun } from './start-run.ts';
import { describeTools, findTools } from './tools.ts';
import { unusable } from './unusable.ts';

export interface CommandProviderOptions {
  /** Where agent runs are kept, and agents are at work. */
  folder: string;
  /** Holds what agents must not change. */
  store: Store;
  settings: Config['agents']['command'];
  git: GitRemotes;
  pullRequests: PullRequests;
  /** Lists the files of folders that are no repositories. */
  folders: SourceHost<FolderSource>;
  /** Of the host. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the command line of a coding agent on this machine, each time in a fresh clone. Agents are given no token of
 * ours, and live on when the host is killed. They run as the user of the host: nothing keeps them from what that
 * user may read and write.
 */
export function createCommandProvider(options: CommandProviderOptions): AgentProvider {
  const { environment, git: remotes, settings } = options;
  const folder = resolve(options.folder);
  const git = createGit(environment);
  const records = createHostRecords(options.store);
  const toPublish = { git, remotes, pullRequests: options.pullRequests, records };
  const starts = shareWork<void>();
  const publications = shareWork<Publication>();
  const pathsOf = (id: string) => runPaths(folder, id);

  const tools = () => findTools(settings.run, { git, path: environment['PATH'] });
  const begin = async (request: AgentRequest): Promise<void> => {
    const { run } = await tools();
    await startRun(request, pathsOf(request.id), {
      environment,
      folders: options.folders,
      git,
      records,
      remotes,
      named: settings.environment,
      run,
      mostOutput: settings.outputMegabytes * 1_000_000,
    });
  };
  const look = async (id: string): Promise<AgentRunView | undefined> => {
    const record = await records.get(id);
    const publish = (ended: Ended) => publications(id, () => publishOnce(ended, toPublish));
    return lookAtRun({ paths: pathsOf(id), request: record?.request }, publish);
  };
  /** Publishing may fail, and starting has not then. */
  const find = async (id: string): Promise<AgentRunView | undefined> => {
    const record = await records.get(id);
    const found = record === undefined ? undefined : overOf(record);
    return lookAtRun({ paths: pathsOf(id), request: record?.request }, async () => found);
  };

  return {
    name: 'command',
    isConfigured: () => Promise.resolve(settings.run !== undefined),
    start: async (request) => {
      if (!isRunId(request.id)) throw new RequestRejectedError('invalid', 'The id is no UUID.');
      await starts(request.id, () => begin(request)).catch(explainStart);
      const view = await find(request.id);
      if (view === undefined) throw unusable(`The folder of agent run ${request.id} is gone.`);
      return view;
    },
    find: (id) => (isRunId(id) ? find(id) : Promise.resolve(undefined)),
    get: (id) => (isRunId(id) ? look(id) : Promise.resolve(undefined)),
    cancel: async (id) => {
      if (isRunId(id)) await cancelRun(pathsOf(id));
    },
    logs: async (id, query) => {
      if (!isRunId(id)) return { entries: [], total: 0 };
      return pageOf(readPrinted(pathsOf(id).output), query);
    },
    probe: async () => ({ account: describeTools(await tools()) }),
  };
}

/** The disk may be full, or the folder closed to us. */
function explainStart(error: unknown): never {
  if (error instanceof Error && isOwnErrorName(error.name)) throw error;
  createLogger().warn('Agent run was not prepared', errorFields(error));
  const message = `The agent run cannot be prepared (${codeOf(error)}): the host's log says more.`;
  throw new UpstreamError(message, { service: 'command', retryable: true, cause: error });
}
