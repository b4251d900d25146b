import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
} from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { clientSettings } from '../client-settings.ts';

/**
 * A client that gives up. The history of executions allows 15 requests a second in the whole account: five
 * attempts with growing, random pauses get through a moment's crowd.
 */
export function createLambdaClient(config: LambdaClientConfig = {}): LambdaClient {
  return new LambdaClient({
    ...clientSettings({ maxAttempts: 5, requestTimeout: 5_000 }),
    ...config,
  });
}

/** A client that gives up. A search in a log group takes seconds where there is much in it. */
export function createLogsClient(config: CloudWatchLogsClientConfig = {}): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    ...clientSettings({ maxAttempts: 5, requestTimeout: 15_000 }),
    ...config,
  });
}
