import type { z } from 'zod';
import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { formatProblems } from '../../../lib/runtime/problems.ts';

/** @throws RequestRejectedError that names every problem by its path */
export function parseRequest<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new RequestRejectedError('invalid', formatProblems(parsed.error).join('; '));
}

/** `?state=` from an untouched form field means no filter. */
export function withoutEmpty(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/**
 * The body of a request; undefined where it has none.
 * @throws RequestRejectedError for what is not JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRejectedError('invalid', 'The body is not JSON.');
  }
}
