/**
 * A host that starts one agent run, to be killed meanwhile: `node start-agent.ts OPTIONS`, as JSON of `HostOptions`.
 */
import { createCommandProvider } from '../../../lib/adapters/command/command-provider.ts';
import { createFolderSourceHost } from '../../../lib/adapters/folder/source-host.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { AgentRequest } from '../../../lib/ports/agent-provider.ts';

export interface HostOptions {
  folder: string;
  /** File of the store. */
  store: string;
  url: string;
  header: string;
  request: AgentRequest;
}

const [, , text = ''] = process.argv;
const { folder, header, request, store, url }: HostOptions = JSON.parse(text);
const provider = createCommandProvider({
  folder,
  store: openSqliteStore(store),
  settings: { run: ['sh'], environment: [], outputMegabytes: 8 },
  git: { of: async () => ({ url, header }) },
  pullRequests: { open: () => Promise.reject(new Error('nothing is to be published here')) },
  folders: createFolderSourceHost(null),
  environment: process.env,
});
await provider.start(request);
setInterval(() => undefined, 60_000);
