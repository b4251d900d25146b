import type { AgentProvider, AgentRunView } from '../../ports/agent-provider.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { isTooLarge } from '../../runtime/json-service/bounded-request.ts';
import {
  createLiveCredentials,
  liveValues,
  type ServiceCredentials,
} from '../../runtime/json-service/live-credentials.ts';
import { createServiceRates } from '../../runtime/json-service/service-rates.ts';
import { viewOfUnread } from '../../runtime/json-service/unread-run.ts';
import { createAgentPages } from './agent-pages.ts';
import { createCursorApi, type CursorApi } from './api.ts';
import { createAgent } from './create-agent.ts';
import { cursor } from './failures.ts';
import { probe } from './probe.ts';
import { viewOf, type RunAnswer } from './run-answer.ts';
import { cancelRun, followUp, getRun } from './runs.ts';

export interface CursorOptions {
  secrets: SecretStore;
  /** Keeps the rates that all processes share. */
  store: Store;
  /** Without a slash at the end: `https://api.cursor.com`. */
  apiUrl: string;
  /** Milliseconds for one request with its answer. */
  requestMs: number;
  settings: Config['agents']['cursor'];
  /**
   * Where the repositories are, without a slash at the end; asked for when an agent is started, and may throw
   * ConfigError. Default: `https://github.com`.
   */
  githubUrl?: () => string;
  meter?: CallMeter;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

/**
 * Coding agents at Cursor (Cloud Agents, v1). Agents last there, and each prompt is a run of one:
 * the run is what is an agent run here.
 * @see https://cursor.com/docs/cloud-agent/api/endpoints
 */
export function createCursor(options: CursorOptions): AgentProvider {
  const { githubUrl = () => 'https://github.com', secrets, settings } = options;
  const api = connect(options);
  const pages = createAgentPages(api);
  const withPage = async (run: RunAnswer): Promise<AgentRunView> =>
    viewOf(run, await pages.of(run.agentId));
  return {
    name: 'cursor',
    isConfigured: async () => (await secrets.get('CURSOR_API_KEY')).length > 0,
    start: async (request) => {
      const { run, url } = await createAgent(api, request, { githubUrl: githubUrl(), settings });
      pages.learn(run.agentId, url);
      return viewOf(run, url);
    },
    get: async (providerId) => {
      try {
        const run = await getRun(api, providerId);
        return run && (await withPage(run));
      } catch (error) {
        if (isTooLarge(error)) return viewOfUnread(providerId, error);
        throw error;
      }
    },
    cancel: async (providerId) => await cancelRun(api, providerId),
    resume: async (providerId, prompt) => await withPage(await followUp(api, providerId, prompt)),
    probe: async () => await probe(api),
  };
}

function connect(options: CursorOptions): CursorApi {
  const { apiUrl, meter, now = Date.now, requestMs, secrets, settings, store } = options;
  return createCursorApi({
    apiUrl,
    requestMs,
    meter,
    now,
    credentials: createLiveCredentials(secrets, async () => {
      const [key, ...previous] = await liveValues(secrets, 'CURSOR_API_KEY', cursor);
      return [credentialsOf(key), ...previous.map(credentialsOf)];
    }),
    ...createServiceRates({ name: cursor, store, settings, now }),
  });
}

function credentialsOf(token: string): ServiceCredentials {
  return { token };
}
