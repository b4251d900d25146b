import * as client from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import type { AwsService } from '../service.ts';
import { createQueryWire } from '../wire/query-wire.ts';
import { serviceSchemas } from '../wire/service-schemas.ts';

export interface Sns extends AwsService {
  /** Everything that was published, oldest first. */
  readonly published: readonly client.PublishCommandInput[];
  /** Of every topic. */
  subscriptions: client.Subscription[];
}

/** Topics take messages and keep them; who subscribes is said by the test. */
export function createSns(): Sns {
  const published: client.PublishCommandInput[] = [];
  const sns: Sns = {
    name: 'sns',
    published,
    subscriptions: [],
    wire: createQueryWire(serviceSchemas(client), 'http://sns.amazonaws.com/doc/2010-03-31/'),
    resources: (_operation, input: { TopicArn?: string }) => [input.TopicArn ?? '*'],
    operations: {
      Publish(input: client.PublishCommandInput) {
        published.push(input);
        return { MessageId: randomUUID() };
      },
      ListSubscriptionsByTopic: () => ({ Subscriptions: sns.subscriptions }),
    },
  };
  return sns;
}
