import {
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  StopDurableExecutionCommand,
  type Event,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { UpstreamError } from '../../../domain/errors.ts';
import type { RunError } from '../../../domain/run.ts';
import { sdkFailure } from '../sdk-failures.ts';
import { readExecution, type Execution } from './execution-answer.ts';

const eventsAtATime = 1_000;

/** More than an execution can have: 3,000 operations, with some attempts each. */
const mostPages = 20;

/**
 * The durable executions of Lambda. All methods throw UpstreamError for what the service refuses or cannot
 * do now; retryable where another time may go well.
 */
export interface Executions {
  /**
   * Starts an execution, or finds the one that has this name and input.
   * @param request `target`: ARN of the function's alias; `input`: JSON
   * @returns `taken` where the name belongs to an execution with another input
   */
  start(request: {
    target: string;
    name: string;
    input: string;
  }): Promise<{ arn: string } | 'taken'>;
  /** Undefined when the service does not know it (any more, or yet). */
  get(arn: string): Promise<Execution | undefined>;
  /** Oldest first; empty when the service does not know it. */
  history(arn: string): Promise<Event[]>;
  /** Without effect when the service does not know it. */
  stop(arn: string, error: RunError): Promise<void>;
}

/** @param now milliseconds since the epoch */
export function createExecutions(lambda: LambdaClient, now: () => number): Executions {
  return {
    async start({ input, name, target }) {
      const command = new InvokeCommand({
        FunctionName: target,
        InvocationType: 'Event',
        DurableExecutionName: name,
        Payload: Buffer.from(input),
      });
      const answer = await ask(`Starting the run ${name}`, () => lambda.send(command), {
        error: 'DurableExecutionAlreadyStartedException',
        means: 'taken' as const,
      });
      if (answer === 'taken') return answer;
      if (answer.DurableExecutionArn !== undefined) return { arn: answer.DurableExecutionArn };
      const message =
        `Lambda has started no durable execution of ${target}. ` +
        'Deploy the stack in a region that has durable functions.';
      throw new UpstreamError(message, { service: 'lambda', retryable: false });
    },

    async get(arn) {
      const command = new GetDurableExecutionCommand({
        DurableExecutionArn: arn,
        IncludeExecutionData: true,
      });
      const answer = await ask('Reading a run', () => lambda.send(command), unknownExecution);
      return answer && readExecution(answer, now());
    },

    async history(arn) {
      const events: Event[] = [];
      let Marker: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const command = new GetDurableExecutionHistoryCommand({
          DurableExecutionArn: arn,
          IncludeExecutionData: true,
          MaxItems: eventsAtATime,
          Marker,
        });
        const what = 'Reading the history of a run';
        const answer = await ask(what, () => lambda.send(command), unknownExecution);
        events.push(...(answer?.Events ?? []));
        Marker = answer?.NextMarker;
        if (Marker === undefined || Marker === '') break;
      }
      return events;
    },

    async stop(arn, { message, type }) {
      const command = new StopDurableExecutionCommand({
        DurableExecutionArn: arn,
        Error: { ErrorType: type, ErrorMessage: message },
      });
      await ask('Stopping a run', () => lambda.send(command), unknownExecution);
    },
  };
}

/** An error that is an answer, by its name. */
interface Expected<Meaning> {
  error: string;
  means: Meaning;
}

const unknownExecution: Expected<undefined> = {
  error: 'ResourceNotFoundException',
  means: undefined,
};

async function ask<Answer, Meaning>(
  what: string,
  send: () => Promise<Answer>,
  expected: Expected<Meaning>,
): Promise<Answer | Meaning> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === expected.error) return expected.means;
    throw sdkFailure(error, { service: 'lambda', what });
  }
}
