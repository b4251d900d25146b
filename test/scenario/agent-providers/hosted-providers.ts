import { expect, onTestFinished } from 'vitest';
import { createCodegen } from '../../../lib/adapters/codegen/codegen.ts';
import { createCursor } from '../../../lib/adapters/cursor/cursor.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { AgentProvider } from '../../../lib/ports/agent-provider.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { agentSettings } from '../../builders/agent-settings.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { openSharedStore } from '../../support/agent-providers.ts';
import type { SeenRequest, ServiceFault } from '../../support/agent-service/json-service.ts';
import {
  startCodegenServer,
  type CodegenServer,
  type CodegenServerOptions,
} from '../../support/codegen/codegen-server.ts';
import { startCursorServer, type CursorServer } from '../../support/cursor/cursor-server.ts';

/** More than a busy machine needs. */
const patience = 10_000;

/** A hosted provider with the service behind it, until the test has finished. */
export interface Hosted {
  provider: AgentProvider;
  /** The same as another process has it, which shares the store. @param requestMs milliseconds for each request */
  another: (requestMs?: number) => AgentProvider;
  requests: readonly SeenRequest[];
  addFaults: (faults: readonly ServiceFault[]) => void;
  /** Agent runs that the service has started. */
  started: () => number;
  /** Lets time pass, for the provider and for the service. */
  forward: (milliseconds: number) => void;
}

export interface HostedCodegen extends Hosted {
  server: CodegenServer;
}

export interface CodegenUnderTest {
  /** Default: one of the test's own. */
  store?: Store;
  server?: CodegenServerOptions;
  secrets?: (server: CodegenServer) => SecretStore;
  settings?: Partial<Config['agents']['codegen']>;
}

export function codegenSecrets({ orgId, token }: CodegenServer): SecretStore {
  return buildSecrets({ CODEGEN_API_TOKEN: token, CODEGEN_ORG_ID: orgId });
}

/** The service must find nothing to complain of at the end. */
export async function openCodegen(options: CodegenUnderTest = {}): Promise<HostedCodegen> {
  const { secrets = codegenSecrets, settings, store = openSharedStore() } = options;
  let passed = 0;
  const now = () => Date.now() + passed;
  const server = await startCodegenServer({ now, ...options.server });
  onTestFinished(async () => await server.close());
  onTestFinished(() => expect(server.violations).toEqual([]));
  const create = (requestMs = patience) =>
    createCodegen({
      secrets: secrets(server),
      store,
      apiUrl: server.url,
      requestMs,
      settings: { ...agentSettings.codegen, repositories: { 'acme/shop': 7 }, ...settings },
      now,
    });
  return {
    provider: create(),
    another: create,
    server,
    requests: server.requests,
    addFaults: (faults) => server.addFaults(faults),
    started: () => server.agentRuns.length,
    forward: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

export interface HostedCursor extends Hosted {
  server: CursorServer;
}

export async function openCursor(): Promise<HostedCursor> {
  const store = openSharedStore();
  let passed = 0;
  const now = () => Date.now() + passed;
  const server = await startCursorServer({ now });
  onTestFinished(async () => await server.close());
  onTestFinished(() => expect(server.violations).toEqual([]));
  const create = (requestMs = patience) =>
    createCursor({
      secrets: buildSecrets({ CURSOR_API_KEY: server.key }),
      store,
      apiUrl: server.url,
      requestMs,
      settings: agentSettings.cursor,
      now,
    });
  return {
    provider: create(),
    another: create,
    server,
    requests: server.requests,
    addFaults: (faults) => server.addFaults(faults),
    started: () => server.agents.flatMap(({ runs }) => runs).length,
    forward: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

/** Both hosted providers. */
export const hosted: readonly { title: string; open: () => Promise<Hosted> }[] = [
  { title: 'Codegen', open: async () => await openCodegen() },
  { title: 'Cursor', open: openCursor },
];

/** What a call has failed with. @throws Error when it has not */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UpstreamError) return error;
  throw new Error('No UpstreamError came', { cause: error });
}
