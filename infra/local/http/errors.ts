import type { Context } from 'hono';
import { errorPage } from '../../../lib/dashboard/error-page.ts';
import { RequestRejectedError, type RejectionReason } from '../../../lib/domain/errors.ts';
import { createLogger, errorFields } from '../../../lib/runtime/logging.ts';

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 500;

const statusOf: Record<RejectionReason, ErrorStatus> = {
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  forbidden: 403,
};

/** JSON for programs, a page for whoever follows a link. */
export function answerProblem(
  context: Context,
  status: ErrorStatus,
  message: string,
): Response | Promise<Response> {
  const wantsPage = context.req.header('accept')?.includes('text/html') === true;
  if (wantsPage && !context.req.path.startsWith('/api/')) {
    return context.html(errorPage(message), status);
  }
  return context.json({ error: { message } }, status);
}

/** The one place that maps errors to HTTP. What is not the caller's fault stays in the log. */
export function answerError(error: Error, context: Context): Response | Promise<Response> {
  if (error instanceof RequestRejectedError) {
    return answerProblem(context, statusOf[error.reason], error.message);
  }
  createLogger().error('Request failed', { path: context.req.path, ...errorFields(error) });
  return answerProblem(context, 500, 'Something went wrong here; the log of the host says what.');
}
