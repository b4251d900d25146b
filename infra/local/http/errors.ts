import type { Context } from 'hono';
import { errorPage } from '../../../lib/dashboard/error-page.ts';
import { agentProviderNames } from '../../../lib/domain/agents/agent-run.ts';
import {
  RequestRejectedError,
  UpstreamError,
  type RejectionReason,
} from '../../../lib/domain/errors.ts';
import { createLogger, errorFields } from '../../../lib/runtime/logging.ts';

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 500 | 502;

const statusOf: Record<RejectionReason, ErrorStatus> = {
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  forbidden: 403,
};

interface Problem {
  status: ErrorStatus;
  message: string;
  /** That is shown, where the one who asks may know it. */
  stack?: string | undefined;
}

/** JSON for programs, a page for whoever follows a link. */
export function answerProblem(
  context: Context,
  { message, stack, status }: Problem,
): Response | Promise<Response> {
  const wantsPage = context.req.header('accept')?.includes('text/html') === true;
  if (wantsPage && !context.req.path.startsWith('/api/')) {
    return context.html(errorPage(message, stack), status);
  }
  return context.json({ error: { message } }, status);
}

/** In words what the person in front of the page can change; undefined for anything else. */
export type ExplainError = (error: unknown) => string | undefined;

const unexplained = 'Something went wrong here; the log of this server says what.';

const providers: ReadonlySet<string> = new Set(agentProviderNames);

/** What providers of agents answer is told in words for whoever has set them up. */
function explainProvider(error: Error): string | undefined {
  const isOfProvider = error instanceof UpstreamError && providers.has(error.service);
  return isOfProvider ? error.message : undefined;
}

/** The one place that maps errors to HTTP. What nobody there can change stays in the log. */
export function answerErrors({
  explain,
  stack,
}: {
  /** Default: nothing is explained but what was asked wrongly. */
  explain?: ExplainError | undefined;
  stack?: string | undefined;
}) {
  return (error: Error, context: Context): Response | Promise<Response> => {
    if (error instanceof RequestRejectedError) {
      return answerProblem(context, {
        status: statusOf[error.reason],
        message: error.message,
        stack,
      });
    }
    const explanation = explain?.(error) ?? explainProvider(error);
    if (explanation !== undefined) {
      return answerProblem(context, { status: 502, message: explanation, stack });
    }
    createLogger().error('Request failed', { path: context.req.path, ...errorFields(error) });
    return answerProblem(context, { status: 500, message: unexplained, stack });
  };
}
