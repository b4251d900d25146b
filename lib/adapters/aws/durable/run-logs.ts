import {
  FilterLogEventsCommand,
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { logLevelSchema, type RunLogLine } from '../../../domain/run.ts';
import { sdkFailure } from '../sdk-failures.ts';
import type { RunRecord } from './run-record.ts';

const longestPage = 1_000;

/** A search through much else gives empty pages; whoever wants more asks again. */
const mostPages = 30;

/** Clocks differ a little: lines of a run may seem to be older than it, or written after its end. */
const slackMs = 60_000;

/** Numbers for the lines of one millisecond. */
const linesPerMs = 1_000;

/** A line as the logger of flows writes it. */
const lineSchema = z.looseObject({
  level: logLevelSchema,
  message: z.string(),
  executionArn: z.string(),
  task: z.string().nullish(),
  attempt: z.int().nullish(),
});

/** Fields that place a line; they stand in columns or go without saying. */
const placingFields: ReadonlySet<string> = new Set([
  'timestamp',
  'level',
  'message',
  'flow',
  'executionArn',
  'requestId',
  'task',
  'attempt',
]);

/**
 * The lines that a run has logged, oldest first; none where there is no such log group (any more). `seq` is made of
 * the time: CloudWatch takes lines in late, and one that comes later than a younger one is not told to whoever
 * reads on from there.
 * @throws UpstreamError
 */
export async function readRunLog(
  logs: CloudWatchLogsClient,
  { logGroup, run }: { logGroup: string; run: RunRecord },
  { after = 0, limit = longestPage }: { after?: number; limit?: number },
): Promise<RunLogLine[]> {
  const since = Date.parse(run.startedAt) - slackMs;
  const lines: RunLogLine[] = [];
  const number = createNumbers(since);
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages && lines.length < limit; page += 1) {
    const answer = await search(logs, {
      logGroupName: logGroup,
      filterPattern: `"${run.id}"`,
      // Lines of its first millisecond may have been read already: they are counted again.
      startTime: since + Math.floor(after / linesPerMs),
      ...(run.endedAt !== null && { endTime: Date.parse(run.endedAt) + slackMs }),
      nextToken,
    });
    const read = (answer.events ?? []).flatMap((event) => readLine(event, run, number));
    lines.push(...read.filter(({ seq }) => seq > after));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return lines.slice(0, limit);
}

async function search(
  logs: CloudWatchLogsClient,
  input: FilterLogEventsCommandInput,
): Promise<{ events?: FilteredLogEvent[] | undefined; nextToken?: string | undefined }> {
  try {
    return await logs.send(new FilterLogEventsCommand(input));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return {};
    throw sdkFailure(error, { service: 'logs', what: 'Reading the log of a run' });
  }
}

/** Other runs may mention this one: only what its own logger wrote is its log. */
function readLine(
  { message = '', timestamp = 0 }: FilteredLogEvent,
  run: RunRecord,
  number: (timestamp: number) => number,
): RunLogLine[] {
  const parsed = lineSchema.safeParse(jsonOf(message));
  if (!parsed.success || parsed.data.executionArn !== run.arn) return [];
  const { attempt, level, message: sentence, task } = parsed.data;
  const fields = Object.entries(parsed.data).filter(([name]) => !placingFields.has(name));
  return [
    {
      seq: number(timestamp),
      at: new Date(timestamp).toISOString(),
      level,
      message: sentence,
      task: task ?? null,
      attempt: attempt ?? null,
      fields: Object.fromEntries(fields),
    },
  ];
}

/** Numbers lines by their time, and those of one millisecond in their order. */
function createNumbers(since: number): (timestamp: number) => number {
  let last = -1;
  return (timestamp) => {
    last = Math.max(last + 1, (timestamp - since) * linesPerMs);
    return last;
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
