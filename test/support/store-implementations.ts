import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDynamodbClient } from '../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../lib/adapters/aws/dynamodb/store.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/store.ts';
import type { Store } from '../../lib/ports/store.ts';
import { startDynamodb } from './aws/dynamodb-server.ts';
import { localAccess } from './aws/local-access.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Opens an empty store that is closed with the test. */
export type OpenStore = (now: () => number) => Store | Promise<Store>;

/** Every implementation of the port, for a file of tests. */
export async function storeImplementations(): Promise<[name: string, open: OpenStore][]> {
  const dynamodb = await startDynamodb();
  return [
    [
      'SQLite',
      (now) => {
        const store = openSqliteStore(join(temporaryFolder(), 'store.db'), { now });
        onTestFinished(async () => store.close());
        return store;
      },
    ],
    [
      'DynamoDB',
      async (now) => {
        const table = `store-${crypto.randomUUID()}`;
        await dynamodb.createTable(table);
        const client = createDynamodbClient({ endpoint: dynamodb.endpoint, ...localAccess });
        onTestFinished(() => client.destroy());
        return createDynamodbStore({ client, table, now });
      },
    ],
  ];
}
