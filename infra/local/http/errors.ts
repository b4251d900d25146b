import type { Context } from 'hono';
import { RequestRejectedError, type RejectionReason } from '../../../lib/domain/errors.ts';
import { createLogger, errorFields } from '../../../lib/runtime/logging.ts';

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 500;

const statusOf: Record<RejectionReason, ErrorStatus> = {
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  forbidden: 403,
};

export function jsonError(context: Context, status: ErrorStatus, message: string): Response {
  return context.json({ error: { message } }, status);
}

/** The one place that maps errors to HTTP. What is not the caller's fault stays in the log. */
export function answerError(error: Error, context: Context): Response {
  if (error instanceof RequestRejectedError) {
    return jsonError(context, statusOf[error.reason], error.message);
  }
  createLogger().error('Request failed', { path: context.req.path, ...errorFields(error) });
  return jsonError(context, 500, 'Something went wrong here; the log of the host says what.');
}
