import { createHash } from 'node:crypto';
import type { Reply } from './answer.ts';
import type { Caller } from './callers.ts';
import { problemsOf, type Operation } from './description.ts';

/** Stands for a number until it is written. */
const numberMark = '#number:';

/** As JSON, with numbers larger than JavaScript's own where GitHub has them. */
export function jsonText(value: unknown): string {
  const marked = JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'bigint' ? `${numberMark}${field}` : field,
  );
  return marked.replaceAll(new RegExp(`"${numberMark}(\\d+)"`, 'g'), '$1');
}

/** What GitHub's description does not allow in an answer of ours. */
export function replyProblems({ responses }: Operation, { json, status }: Reply): string[] {
  const schema = responses[status];
  // Who asks too much, or may not, is refused everywhere, and described nowhere.
  if (schema === undefined) return status >= 400 ? [] : [`status ${status} is not described`];
  if (schema === null) return json === undefined ? [] : [`status ${status} has no content`];
  if (json === undefined) return [];
  return problemsOf(schema, JSON.parse(jsonText(json)), 'reply');
}

/** Names what is answered; the same for one caller as long as it is the same. */
export function withEtag(reply: Reply, caller: Caller): Reply {
  if (reply.status !== 200) return reply;
  const who = 'token' in caller ? caller.token : caller.kind;
  const content = JSON.stringify([who, reply.text, jsonText(reply.json ?? null)]);
  const etag = `W/"${createHash('sha256').update(content).digest('hex')}"`;
  return { ...reply, headers: { ...reply.headers, etag } };
}

export function isUnchanged({ headers }: Reply, ifNoneMatch: string | undefined): boolean {
  const etag = headers?.['etag'];
  return etag !== undefined && ifNoneMatch !== undefined && ifNoneMatch.split(', ').includes(etag);
}
