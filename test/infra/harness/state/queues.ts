import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** What stands in a dead-letter queue: the event, and why it is there. */
export interface DeadLetter {
  event: unknown;
  attributes: Readonly<Record<string, string>>;
}

/** The queues of the template, by their ARNs. */
export interface Queues {
  send(arn: string, letter: DeadLetter): Promise<void>;
  /** How many messages wait, by the name of the queue: ApproximateNumberOfMessagesVisible. */
  depth(name: string): Promise<number>;
  /** Takes what waits; nobody else sees it for a while. */
  take(arn: string): Promise<DeadLetter[]>;
}

export async function createQueues(
  { names, resources }: ResolvedTemplate,
  client: SQSClient,
): Promise<Queues> {
  const urls = new Map<string, string>();
  for (const { id, type } of resources) {
    if (type !== 'AWS::SQS::Queue') continue;
    const { arn } = names(id);
    const QueueName = arn.slice(arn.lastIndexOf(':') + 1);
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName }));
    urls.set(arn, QueueUrl);
  }
  const urlOf = (arn: string) => {
    const url = urls.get(arn);
    if (url === undefined) throw new Error(`The template has no queue ${arn}`);
    return url;
  };

  return {
    async send(arn, { attributes, event }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: urlOf(arn),
          MessageBody: JSON.stringify(event),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [
              name,
              { DataType: 'String', StringValue },
            ]),
          ),
        }),
      );
    },
    async depth(name) {
      const arn = [...urls.keys()].find((key) => key.endsWith(`:${name}`)) ?? name;
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: urlOf(arn),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      return Number(Attributes['ApproximateNumberOfMessages']);
    },
    async take(arn) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(arn),
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages.map(({ Body = '', MessageAttributes = {} }) => ({
        event: JSON.parse(Body),
        attributes: Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
            name,
            StringValue,
          ]),
        ),
      }));
    },
  };
}
