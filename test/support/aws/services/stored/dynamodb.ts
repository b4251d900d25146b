import * as client from '@aws-sdk/client-dynamodb';
import type { AwsService, Call } from '../../service.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { passOn } from './pass-on.ts';

/** @param endpoint of the server that keeps the tables */
export function createDynamodb(endpoint: string): AwsService {
  return {
    name: 'dynamodb',
    wire: createJsonWire(serviceSchemas(client), '1.0'),
    throttling: 'ProvisionedThroughputExceededException',
    resources: (_operation, input: TableInput, call) =>
      tablesOf(input).map((table) => tableArn(table, input.IndexName, call)),
    forward: (request) => passOn(endpoint, request),
  };
}

interface TableInput {
  TableName?: string | undefined;
  IndexName?: string | undefined;
  RequestItems?: Readonly<Record<string, unknown>> | undefined;
  TransactItems?: readonly Readonly<Record<string, { TableName?: string }>>[] | undefined;
}

function tablesOf({ TableName, RequestItems, TransactItems = [] }: TableInput): string[] {
  if (TableName !== undefined) return [TableName];
  const ofBatch = Object.keys(RequestItems ?? {});
  const ofTransaction = TransactItems.flatMap((item) =>
    Object.values(item).map((part) => part.TableName ?? '*'),
  );
  const tables = [...new Set([...ofBatch, ...ofTransaction])];
  return tables.length > 0 ? tables : ['*'];
}

/** A query of an index needs the index to be allowed, and the table only that. */
function tableArn(table: string, index: string | undefined, { region, account }: Call): string {
  const arn = table.startsWith('arn:')
    ? table
    : `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  return index === undefined ? arn : `${arn}/index/${index}`;
}
