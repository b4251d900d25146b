import { UpstreamError } from '../../domain/errors.ts';
import type { AgentProvider } from '../../ports/agent-provider.ts';
import type { CallMeter } from '../../ports/call-meter.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Store } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';

export interface CursorOptions {
  secrets: SecretStore;
  /** Keeps the rates that all processes share. */
  store: Store;
  /** Without a slash at the end: `https://api.cursor.com`. */
  apiUrl: string;
  /** Milliseconds for one request with its answer. */
  requestMs: number;
  settings: Config['agents']['cursor'];
  meter?: CallMeter;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

/** Coding agents at Cursor. */
export function createCursor({ secrets }: CursorOptions): AgentProvider {
  const refuse = async (): Promise<never> => {
    throw new UpstreamError('Cursor is not connected yet.', {
      service: 'cursor',
      retryable: false,
    });
  };
  return {
    name: 'cursor',
    isConfigured: async () => (await secrets.get('CURSOR_API_KEY')).length > 0,
    start: refuse,
    get: refuse,
    probe: refuse,
  };
}
