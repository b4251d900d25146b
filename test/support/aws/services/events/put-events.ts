import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { randomUUID } from 'node:crypto';
import type { Call } from '../../service.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { parseJsonObject } from '../../wire/json-object.ts';

/** An event as EventBridge hands it to a target. */
export interface BridgeEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601 UTC, in seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: Readonly<Record<string, unknown>>;
}

const mostEntries = 10;
const mostBytes = 1_048_576;

/** @throws AwsError for the request as a whole */
export function requireEntryLimits(entries: readonly PutEventsRequestEntry[]): void {
  if (entries.length < 1 || entries.length > mostEntries) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'entries' failed to satisfy constraint: " +
        `Member must have length between 1 and ${mostEntries}`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
  if (bytes > mostBytes) {
    const message = 'Total size of the entries in the request is over the limit.';
    throw new AwsError('ValidationException', message);
  }
}

/** Makes the event of one entry, or says what is wrong with this one. */
export function acceptEntry(
  entry: PutEventsRequestEntry,
  { account, region }: Pick<Call, 'account' | 'region'>,
): { event: BridgeEvent } | { ErrorCode: string; ErrorMessage: string } {
  const { Source, DetailType, Detail, Time = new Date(), Resources = [] } = entry;
  if (!Source || !DetailType || !Detail) {
    const missing = !Source ? 'Source' : !DetailType ? 'DetailType' : 'Detail';
    const reason = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage: reason };
  }
  if (Source.startsWith('aws.')) {
    const reason = 'Not authorized for the source.';
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: reason };
  }
  const detail = parseJsonObject(Detail);
  if (detail === undefined) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return {
    event: {
      version: '0',
      id: randomUUID(),
      'detail-type': DetailType,
      source: Source,
      account,
      time: Time.toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: Resources,
      detail,
    },
  };
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
function entrySize({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (Time === undefined ? 0 : 14);
}
