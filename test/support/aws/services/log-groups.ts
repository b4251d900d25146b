import * as client from '@aws-sdk/client-cloudwatch-logs';
import { randomUUID } from 'node:crypto';
import type { AwsService, Call } from '../service.ts';
import { AwsError } from '../wire/aws-error.ts';
import { createJsonWire } from '../wire/json-wire.ts';
import { serviceSchemas } from '../wire/service-schemas.ts';

export interface LogGroups extends AwsService {
  /** What Lambda does with what a function writes. Makes the group and the stream. */
  append(group: string, stream: string, messages: readonly string[]): void;
}

interface StoredEvent {
  stream: string;
  event: client.FilteredLogEvent & { timestamp: number; message: string };
}

interface LogGroup {
  streams: Set<string>;
  events: StoredEvent[];
}

const mostEvents = 10_000;

/** CloudWatch Logs: written by streams, read by group with a pattern of terms and quoted phrases. */
export function createLogGroups(): LogGroups {
  const groups = new Map<string, LogGroup>();

  function find(name = ''): LogGroup {
    const group = groups.get(name.split(':log-group:').at(-1)?.replace(/:\*$/, '') ?? name);
    if (group !== undefined) return group;
    const message = 'The specified log group does not exist.';
    throw new AwsError('ResourceNotFoundException', message);
  }

  function create(name: string): LogGroup {
    const group = { streams: new Set<string>(), events: [] };
    groups.set(name, group);
    return group;
  }

  function write(group: LogGroup, stream: string, lines: readonly client.InputLogEvent[]): void {
    group.streams.add(stream);
    for (const { timestamp = Date.now(), message = '' } of lines) {
      const ids = { eventId: randomUUID(), logStreamName: stream, ingestionTime: Date.now() };
      group.events.push({ stream, event: { ...ids, timestamp, message } });
    }
  }

  return {
    name: 'logs',
    wire: createJsonWire(serviceSchemas(client), '1.1'),
    resources: (_operation, input: client.FilterLogEventsCommandInput, call) => [
      groupArn(input.logGroupName ?? input.logGroupIdentifier ?? '*', call),
    ],
    append(group, stream, messages) {
      const lines = messages.map((message) => ({ timestamp: Date.now(), message }));
      write(groups.get(group) ?? create(group), stream, lines);
    },
    operations: {
      CreateLogGroup({ logGroupName = '' }: client.CreateLogGroupCommandInput) {
        if (groups.has(logGroupName)) {
          const message = 'The specified log group already exists';
          throw new AwsError('ResourceAlreadyExistsException', message);
        }
        create(logGroupName);
        return {};
      },
      CreateLogStream(input: client.CreateLogStreamCommandInput) {
        find(input.logGroupName).streams.add(input.logStreamName ?? '');
        return {};
      },
      PutLogEvents(input: client.PutLogEventsCommandInput) {
        const { logGroupName, logStreamName = '', logEvents = [] } = input;
        const group = find(logGroupName);
        if (!group.streams.has(logStreamName)) {
          const message = 'The specified log stream does not exist.';
          throw new AwsError('ResourceNotFoundException', message);
        }
        write(group, logStreamName, logEvents);
        return {};
      },
      FilterLogEvents: (input: client.FilterLogEventsCommandInput) =>
        filterEvents(find(input.logGroupName ?? input.logGroupIdentifier), input),
    },
  };
}

function filterEvents(
  { events }: LogGroup,
  input: client.FilterLogEventsCommandInput,
): client.FilterLogEventsResponse {
  const { startTime = 0, endTime = Infinity, limit = mostEvents, nextToken = '0' } = input;
  const matches = phraseMatcher(input.filterPattern ?? '');
  const found = events
    .filter(
      ({ stream, event: { timestamp, message } }) =>
        timestamp >= startTime &&
        timestamp < endTime &&
        (input.logStreamNames === undefined || input.logStreamNames.includes(stream)) &&
        stream.startsWith(input.logStreamNamePrefix ?? '') &&
        matches(message),
    )
    .map(({ event }) => event)
    .toSorted((one, other) => one.timestamp - other.timestamp);
  const from = Number(nextToken);
  const end = from + limit;
  return {
    events: found.slice(from, end),
    ...(end < found.length && { nextToken: String(end) }),
  };
}

/** All terms and quoted phrases have to occur. @throws AwsError for patterns that are not played here */
function phraseMatcher(pattern: string): (message: string) => boolean {
  if (!/^(?:"[^"]*"|[\w\s])*$/.test(pattern)) {
    throw new AwsError('InvalidParameterException', `The pattern ${pattern} is not played here`);
  }
  const phrases = [...pattern.matchAll(/"([^"]*)"|(\w+)/g)].map(
    ([, quoted, term]) => quoted ?? term ?? '',
  );
  return (message) => phrases.every((phrase) => message.includes(phrase));
}

function groupArn(nameOrArn: string, { region, account }: Call): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:logs:${region}:${account}:log-group:${nameOrArn}`;
}
