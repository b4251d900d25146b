import { isJsonObject, type JsonObject } from '../../../../domain/json-fields.ts';
import type { Refusal } from '../failures.ts';
import type { Answered } from './connections.ts';

export type Reply = { kind: 'done'; output: JsonObject } | { kind: 'refused'; refusal: Refusal };

/** What an answer of AWS's JSON 1.1 says; undefined where it cannot be read. */
export function judgeAnswer({ headers, status, text }: Answered): Reply | undefined {
  const output = parseObject(text);
  if (status === 200) return output === undefined ? undefined : { kind: 'done', output };
  const code =
    codeIn(headers['x-amzn-errortype']) ?? codeIn(output?.['__type']) ?? `HTTP ${status}`;
  return { kind: 'refused', refusal: { code, status } };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `com.amazonaws.events#ThrottlingException:http://…` is `ThrottlingException`. */
function codeIn(written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  return /^(?:[^#:]*#)?(\w{1,100})(?::|$)/.exec(written)?.[1];
}
