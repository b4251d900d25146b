import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);

const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
      }),
    )
    .exactOptional(),
  KeySchema: keySchema,
});

/** Makes the tables of the template, with the keys and indexes that it says. */
export async function createTables(
  { names, resources }: ResolvedTemplate,
  client: DynamoDBClient,
): Promise<void> {
  for (const { id, properties, type } of resources) {
    if (type !== 'AWS::DynamoDB::Table') continue;
    const table = tableSchema.parse(properties);
    await client.send(new CreateTableCommand({ TableName: names(id).ref, ...table }));
  }
}
