import { generateKeyPairSync } from 'node:crypto';
import type { AppSeed, InstallationSeed } from './seed.ts';

export interface TestApp {
  /** For the server. */
  seed: AppSeed;
  /** PEM, for whoever asks as the App. Lives as long as the test. */
  privateKey: string;
}

/** All that answers, the source and reconciliation need of an installation in `acme`. */
export const usualInstallation: InstallationSeed = {
  id: 42,
  account: 'acme',
  permissions: {
    checks: 'write',
    contents: 'read',
    issues: 'write',
    pull_requests: 'read',
    statuses: 'write',
  },
};

/** A GitHub App with a key pair of its own. */
export function createTestApp(overrides: Partial<AppSeed> = {}): TestApp {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const usual = {
    id: 7,
    slug: 'acme-cicd',
    clientId: 'Iv1.test',
    installations: [usualInstallation],
  };
  return { privateKey, seed: { ...usual, publicKey, ...overrides } };
}
