import { expect, onTestFinished } from 'vitest';
import { createLinear, type LinearTiming } from '../../../lib/adapters/linear/linear.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { TrackerCall, WantedDetails } from '../../../lib/ports/issue-tracker.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import type { Store } from '../../../lib/ports/store.ts';
import { buildSecrets } from '../../builders/secrets.ts';
import { startLinearServer } from '../../support/linear/linear-server.ts';

type Seed = NonNullable<Parameters<typeof startLinearServer>[0]>;

export interface UnderTestOptions {
  seed?: Seed;
  /** Default: the API key that the server knows. */
  secrets?: Partial<Record<SecretName, string>> | SecretStore;
  timing?: LinearTiming;
}

export const answerCall: TrackerCall = { urgency: 'answer' };
export const nothingMore: WantedDetails = {
  commentIds: [],
  attachmentUrls: [],
  stateNames: [],
  labelNames: [],
};

/** The adapter against a server of the test's own, which must find nothing to complain of at the end. */
export async function linearUnderTest({ secrets, seed = {}, timing }: UnderTestOptions = {}) {
  const server = await startLinearServer(seed);
  const { apiKey } = server.credentials;
  const options = {
    secrets: storeOf(secrets ?? { LINEAR_API_KEY: apiKey }),
    store: openStore(seed.now),
    apiUrl: server.url,
    ...(seed.now !== undefined && { now: seed.now }),
    requestMs: 2_000,
    retryMs: 1,
    ...timing,
  };
  onTestFinished(() => expect(server.violations).toEqual([]));
  return { server, options, store: options.store, ...createLinear(options) };
}

function storeOf(secrets: Partial<Record<SecretName, string>> | SecretStore): SecretStore {
  return 'refresh' in secrets ? secrets : buildSecrets(secrets);
}

function openStore(now: () => number = Date.now): Store {
  const store = openSqliteStore(':memory:', { now });
  onTestFinished(async () => await store.close());
  return store;
}
