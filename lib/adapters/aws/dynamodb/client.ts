import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../client-settings.ts';

/**
 * A client that gives up: an answer takes milliseconds, so that 3 s are a lost one. Five attempts with
 * growing, random pauses outlast a moment's throttling.
 */
export function createDynamodbClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    ...clientSettings({ maxAttempts: 5, requestTimeout: 3_000 }),
    ...config,
  });
}
