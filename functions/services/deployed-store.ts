import { createDynamodbClient } from '../../lib/adapters/aws/dynamodb/client.ts';
import { createDynamodbStore } from '../../lib/adapters/aws/dynamodb/store.ts';
import type { Store } from '../../lib/ports/store.ts';
import { deployedVariable } from '../../lib/runtime/deployed-environment.ts';

/** @throws ConfigError where the stack has not told this function the table */
export function deployedStore(): Store {
  const table = deployedVariable(process.env, 'table');
  return createDynamodbStore({ client: createDynamodbClient(), table });
}
