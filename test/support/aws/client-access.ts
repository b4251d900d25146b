import type { Credentials } from './credentials.ts';

/** What an SDK client in this process is made with. */
export interface ClientSettings {
  endpoint: string;
  region: string;
  credentials: Credentials;
  maxAttempts: number;
}

export interface ClientAccess {
  /** What makes an unmodified SDK of a child process use the server. */
  environmentOf(credentials: Credentials): Record<string, string>;
  /** With one attempt: what a fault does shows at once. Whoever tests retries overrides it. */
  settingsOf(credentials: Credentials): ClientSettings;
}

export function clientAccess(endpoint: string, region: string): ClientAccess {
  return {
    environmentOf: ({ accessKeyId, secretAccessKey, sessionToken }) => ({
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    }),
    settingsOf: (credentials) => ({ endpoint, region, credentials, maxAttempts: 1 }),
  };
}
