import { isJsonObject, type JsonObject } from '../../../domain/json-fields.ts';
import type { EntryResult } from './calls.ts';
import { unanswered, type CallName } from './failures.ts';

/**
 * The text of a secret in the answer to GetSecretValue.
 * @throws UpstreamError where there is none: a binary secret, or an answer of the wrong shape
 */
export function secretIn(answer: { SecretString?: unknown }, call: CallName): string {
  if (typeof answer.SecretString === 'string') return answer.SecretString;
  throw unanswered(call, 'has answered without a text');
}

/**
 * What became of each entry, by the answer to PutEvents.
 * @throws UpstreamError where it does not tell that of every entry
 */
export function resultsIn(
  answer: { Entries?: unknown },
  expected: number,
  call: CallName,
): EntryResult[] {
  const entries: unknown[] = Array.isArray(answer.Entries) ? answer.Entries : [];
  const known = entries.filter(isJsonObject);
  if (known.length === expected && entries.length === expected) return known.map(resultIn);
  throw unanswered(call, 'has not told of every entry what became of it');
}

function resultIn({ ErrorCode: code, EventId: id }: JsonObject): EntryResult {
  if (typeof id === 'string' && id !== '') return { kind: 'kept' };
  return { kind: 'failed', code: typeof code === 'string' ? code : 'unknown' };
}
