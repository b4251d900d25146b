import { onTestFinished } from 'vitest';
import { startAwsServer, type AwsServerOptions } from './aws-server.ts';

/** The AWS server until the test has finished, with the settings for a client in this process. */
export async function startedAws(options?: AwsServerOptions) {
  const server = await startAwsServer(options);
  onTestFinished(() => server.close());
  return server;
}
