import type { AgentProvider } from '../../ports/agent-provider.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import { createServiceRates } from '../../runtime/json-service/service-rates.ts';
import { viewOf } from './agent-run-answer.ts';
import { createCodegenApi, type CodegenApi } from './api.ts';
import { createCredentials, isConfigured } from './credentials.ts';
import { codegen } from './failures.ts';
import { getRun } from './get-run.ts';
import { readLogs } from './logs.ts';
import { probe } from './probe.ts';
import { createRepositoryNumbers } from './repositories.ts';
import { resumeRun } from './resume-run.ts';
import { settlingMs } from './settling.ts';
import { createRun, findRun } from './start-run.ts';

export interface CodegenOptions {
  secrets: SecretStore;
  /** Keeps the rates that all processes share. */
  store: Store;
  /** Without a slash at the end: `https://api.codegen.com`. */
  apiUrl: string;
  /** Milliseconds for one request with its answer. */
  requestMs: number;
  settings: Config['agents']['codegen'];
  meter?: CallMeter;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

/**
 * Coding agents at Codegen. It has no way to end a run, so there is no `cancel`.
 * @see https://docs.codegen.com/api-reference
 */
export function createCodegen(options: CodegenOptions): AgentProvider {
  const { now = Date.now, requestMs, secrets, settings } = options;
  const api = connect(options, now);
  const repositories = createRepositoryNumbers(api, settings.repositories);
  const settleMs = settlingMs(requestMs);
  return {
    name: 'codegen',
    isConfigured: async () => await isConfigured(secrets),
    start: async (request) => viewOf(await createRun(request, { api, repositories, settings })),
    find: async (id, asked) => {
      const found = await findRun(id, asked, { api, now, settleMs });
      return found && viewOf(found);
    },
    get: async (providerId) => await getRun(api, numberIn(providerId)),
    resume: async (providerId, prompt) =>
      viewOf(await resumeRun(api, numberIn(providerId), prompt)),
    logs: async (providerId, query) => await readLogs(api, numberIn(providerId), query),
    probe: async () => await probe(api),
  };
}

function connect(options: CodegenOptions, now: () => number): CodegenApi {
  const { apiUrl, meter, requestMs, secrets, settings, store } = options;
  return createCodegenApi({
    apiUrl,
    requestMs,
    meter,
    now,
    credentials: createCredentials(secrets),
    ...createServiceRates({ name: codegen, store, settings, now }),
  });
}

/** It becomes a part of an address. */
function numberIn(providerId: string): number {
  if (/^\d{1,15}$/.test(providerId)) return Number(providerId);
  throw final(codegen, 'Agent runs at Codegen have numbers; this one has another id.');
}
