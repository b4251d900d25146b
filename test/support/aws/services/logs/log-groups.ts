import type { FilteredLogEvent, InputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../wire/aws-error.ts';

export interface LogEvent extends FilteredLogEvent {
  logStreamName: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
}

interface LogGroup {
  streams: Set<string>;
  events: LogEvent[];
}

/** Groups of streams of events, in memory. */
export function createLogGroups() {
  const groups = new Map<string, LogGroup>();

  function find(name: string): LogGroup {
    const group = groups.get(name);
    if (group !== undefined) return group;
    const message = 'The specified log group does not exist.';
    throw new AwsError('ResourceNotFoundException', message);
  }

  return {
    create(name: string): undefined {
      if (groups.has(name)) {
        const message = 'The specified log group already exists';
        throw new AwsError('ResourceAlreadyExistsException', message);
      }
      groups.set(name, { streams: new Set(), events: [] });
    },
    has: (name: string): boolean => groups.has(name),
    createStream(name: string, stream: string): undefined {
      find(name).streams.add(stream);
    },
    write(name: string, stream: string, lines: readonly InputLogEvent[]): undefined {
      const { events, streams } = find(name);
      if (!streams.has(stream)) {
        const message = 'The specified log stream does not exist.';
        throw new AwsError('ResourceNotFoundException', message);
      }
      for (const { timestamp = Date.now(), message = '' } of lines) {
        events.push({
          eventId: randomUUID(),
          logStreamName: stream,
          timestamp,
          message,
          ingestionTime: Date.now(),
        });
      }
    },
    /** In the order in which they were written. */
    events: (name: string): readonly LogEvent[] => find(name).events,
  };
}
