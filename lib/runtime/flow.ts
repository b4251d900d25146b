import {
  DurableExecutionApiClient,
  withDurableExecution,
  type DurableContext,
  type DurableLambdaHandler,
} from '@aws/durable-execution-sdk-js';
import type { z } from 'zod';
import { RequestRejectedError } from '../domain/errors.ts';
import { doAfterInvocation, type AfterInvocation } from './after-invocation.ts';
import { endInvocationOnStaleToken } from './durable-client.ts';
import { createFlowContext, type FlowContext } from './flow-context.ts';
import { createFlowLogger, type FlowLogger } from './flow-logger.ts';
import { onceUnlessFailed } from './once-unless-failed.ts';
import { formatProblems } from './problems.ts';

export interface FlowDefinition<Input, Output, Services> {
  /** Kebab-case; names the flow in lists, configuration and infrastructure. */
  name: string;
  input: z.ZodType<Input>;
  /** A run that has not ended by then ends as timed out. */
  executionTimeoutSeconds: number;
  run: (flow: FlowContext, input: Input, services: Services) => Promise<Output>;
}

export interface Flow<Services> {
  name: string;
  executionTimeoutSeconds: number;
  /**
   * The Lambda handler of this flow. `services` is called at the first invocation of a process, and
   * again after it has failed.
   * @param afterInvocation default: nothing
   */
  handler(
    services: () => Promise<Services>,
    afterInvocation?: AfterInvocation,
  ): DurableLambdaHandler;
}

/** The one way flows are defined. */
export function flow<Input, Output, Services>(
  definition: FlowDefinition<Input, Output, Services>,
): Flow<Services> {
  const { name, executionTimeoutSeconds } = definition;
  return {
    name,
    executionTimeoutSeconds,
    handler: (createServices, afterInvocation = async () => {}) => {
      const services = onceUnlessFailed(createServices);
      const run = async (event: unknown, durable: DurableContext<FlowLogger>) => {
        durable.configureLogger({ customLogger: createFlowLogger(name) });
        const input = parseInput(definition, event);
        return definition.run(createFlowContext(durable), input, await services());
      };
      // The embedded engine passes itself with the event, which takes precedence over this client.
      const durableExecutionClient = endInvocationOnStaleToken(new DurableExecutionApiClient());
      const handler = withDurableExecution<unknown, Output, FlowLogger>(run, {
        durableExecutionClient,
      });
      return async (event, context) => {
        // Out here a failure ends this invocation, which is tried again; inside it would end the run.
        await services();
        try {
          return await handler(event, context);
        } finally {
          await doAfterInvocation(afterInvocation, { flow: name });
        }
      };
    },
  };
}

function parseInput<Input>(
  { name, input }: { name: string; input: z.ZodType<Input> },
  event: unknown,
): Input {
  const parsed = input.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = formatProblems(parsed.error).join('; ');
  throw new RequestRejectedError('invalid', `The input of ${name} is not valid: ${problems}`);
}
