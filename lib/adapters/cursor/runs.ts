import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import { final, isFinal } from '../../runtime/json-service/refusals.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { CursorApi } from './api.ts';
import { cursor } from './failures.ts';
import { runAnswerSchema, type RunAnswer } from './run-answer.ts';

/** A run has an id of its own, but is asked for by that of its agent as well. */
interface RunAddress {
  agentId: string;
  path: string;
}

const addressPattern = /^(?<agentId>[A-Za-z0-9_-]+)\/(?<runId>[A-Za-z0-9_-]+)$/;

/** @throws UpstreamError for what is no id of ours: it becomes a part of an address */
function addressIn(providerId: string): RunAddress {
  const { agentId = '', runId = '' } = addressPattern.exec(providerId)?.groups ?? {};
  if (agentId !== '') return { agentId, path: `/v1/agents/${agentId}/runs/${runId}` };
  throw final(cursor, 'Agent runs at Cursor have two ids; this one has another.');
}

const missing = 'Cursor does not know the agent run';

/** Undefined when Cursor does not know it (any more). */
export async function getRun(api: CursorApi, providerId: string): Promise<RunAnswer | undefined> {
  const { path } = addressIn(providerId);
  try {
    return await api.ask({ method: 'GET', path, schema: runAnswerSchema, missing });
  } catch (error) {
    if (isFinal(error, 404)) return undefined;
    throw error;
  }
}

/** Without effect on a run that has ended, or is not known (any more). */
export async function cancelRun(api: CursorApi, providerId: string): Promise<void> {
  const { path } = addressIn(providerId);
  try {
    await api.ask({ method: 'POST', path: `${path}/cancel`, schema: z.unknown(), missing });
  } catch (error) {
    if (isFinal(error, 404) || isConflict(error)) return;
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof UpstreamError && error.status === 409;
}

/** One more run of the same agent. @throws UpstreamError (409, retryable) while one is under way */
export async function followUp(
  api: CursorApi,
  providerId: string,
  prompt: string,
): Promise<RunAnswer> {
  const { agentId } = addressIn(providerId);
  const { run } = await api.ask({
    method: 'POST',
    path: `/v1/agents/${agentId}/runs`,
    idempotencyKey: stableId('cursor follow-up', providerId, prompt),
    body: { prompt: { text: prompt } },
    schema: z.object({ run: runAnswerSchema }),
    missing,
  });
  return run;
}
