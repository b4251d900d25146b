import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableSchema } from '../../lib/adapters/aws/dynamodb/table-schema.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import type { Stage } from '../stages.ts';
import type { Part } from './part.ts';

const reading = ['dynamodb:GetItem'];
const writing = ['dynamodb:PutItem', 'dynamodb:DeleteItem'];

/** The table behind the store: paid by use, restorable to any second of the last 35 days. */
export class StoreTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: text(tableSchema.partitionKey),
      sortKey: text(tableSchema.sortKey),
      timeToLiveAttribute: tableSchema.timeToLiveAttribute,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      // Also where its creation is rolled back: CloudFormation could not delete what is protected from that.
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const { name, partitionKey, sortKey } of tableSchema.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
      });
    }
  }

  readOnly(): Part {
    return this.withLists(this.byKey(reading));
  }

  readWrite(): Part {
    return this.withLists(this.readWriteByKey());
  }

  /** For functions that list nothing. */
  readWriteByKey(): Part {
    return this.byKey([...reading, ...writing]);
  }

  private byKey(actions: readonly string[]): Part {
    return {
      bindTo: (target) => {
        target.setVariable(deployedVariables.table, this.table.tableName);
        target.allow(actions, [this.table.tableArn]);
      },
    };
  }

  private withLists(part: Part): Part {
    const { tableArn } = this.table;
    const indexArns = tableSchema.indexes.map(({ name }) => `${tableArn}/index/${name}`);
    return {
      bindTo: (target) => {
        part.bindTo(target);
        target.allow(['dynamodb:Query'], [tableArn, ...indexArns]);
      },
    };
  }
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}
