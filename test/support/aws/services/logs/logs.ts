import * as client from '@aws-sdk/client-cloudwatch-logs';
import type { AwsService, Call } from '../../service.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { createLogGroups } from './log-groups.ts';
import { searchEvents } from './log-search.ts';

export interface Logs extends AwsService {
  /** What Lambda does with what a function writes. Makes the group and the stream. */
  append(group: string, stream: string, messages: readonly string[]): void;
}

/** CloudWatch Logs: written by streams, read by group with a pattern of terms and quoted phrases. */
export function createLogs(): Logs {
  const groups = createLogGroups();
  return {
    name: 'logs',
    wire: createJsonWire(serviceSchemas(client), '1.1'),
    resources: (_operation, input: GroupReference, call) => [groupArn(groupName(input), call)],
    append(group, stream, messages) {
      if (!groups.has(group)) groups.create(group);
      groups.createStream(group, stream);
      const timestamp = Date.now();
      groups.write(
        group,
        stream,
        messages.map((message) => ({ timestamp, message })),
      );
    },
    operations: {
      CreateLogGroup: (input: client.CreateLogGroupCommandInput) => groups.create(groupName(input)),
      CreateLogStream: (input: client.CreateLogStreamCommandInput) =>
        groups.createStream(groupName(input), input.logStreamName ?? ''),
      PutLogEvents: (input: client.PutLogEventsCommandInput) =>
        groups.write(groupName(input), input.logStreamName ?? '', input.logEvents ?? []),
      FilterLogEvents: (input: client.FilterLogEventsCommandInput) =>
        searchEvents(groups.events(groupName(input)), input),
    },
  };
}

interface GroupReference {
  logGroupName?: string | undefined;
  /** A name, or an ARN that may end with `:*`. */
  logGroupIdentifier?: string | undefined;
}

function groupName({ logGroupName, logGroupIdentifier = '' }: GroupReference): string {
  return logGroupName ?? logGroupIdentifier.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
}

function groupArn(name: string, { region, account }: Call): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}
