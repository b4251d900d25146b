import { UpstreamError } from '../../domain/errors.ts';
import type { AgentProvider } from '../../ports/agent-provider.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';

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

/** Coding agents at Codegen. */
export function createCodegen({ secrets }: CodegenOptions): AgentProvider {
  const refuse = async (): Promise<never> => {
    throw new UpstreamError('Codegen is not connected yet.', {
      service: 'codegen',
      retryable: false,
    });
  };
  return {
    name: 'codegen',
    isConfigured: async () =>
      (await secrets.get('CODEGEN_API_TOKEN')).length > 0 &&
      (await secrets.get('CODEGEN_ORG_ID')).length > 0,
    start: refuse,
    get: refuse,
    probe: refuse,
  };
}
