import type {
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.ts';
import type { LogEvent } from './log-groups.ts';

const mostEvents = 10_000;

/** The events that are asked for, by time and by pages. */
export function searchEvents(
  events: readonly LogEvent[],
  request: FilterLogEventsRequest,
): FilterLogEventsResponse {
  const { limit = mostEvents, nextToken = '0' } = request;
  const matches = phraseMatcher(request.filterPattern ?? '');
  const found = events
    .filter((event) => isAskedFor(event, request) && matches(event.message))
    .toSorted((one, other) => one.timestamp - other.timestamp);
  const from = Number(nextToken);
  const end = from + limit;
  return {
    events: found.slice(from, end),
    ...(end < found.length && { nextToken: String(end) }),
  };
}

function isAskedFor(
  { logStreamName, timestamp }: LogEvent,
  request: FilterLogEventsRequest,
): boolean {
  const { startTime = 0, endTime = Infinity, logStreamNames, logStreamNamePrefix = '' } = request;
  return (
    timestamp >= startTime &&
    timestamp < endTime &&
    (logStreamNames === undefined || logStreamNames.includes(logStreamName)) &&
    logStreamName.startsWith(logStreamNamePrefix)
  );
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
