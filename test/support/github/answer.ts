import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import type { Caller } from './callers.ts';
import type { OperationId } from './operations.ts';
import type { Repository } from './world.ts';

/** A request that is as GitHub describes it, by somebody who may make it. */
export interface Asked {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Empty where none was sent. */
  body: JsonObject;
  accept: string;
  caller: Caller;
  /** `http://127.0.0.1:PORT`, of the API. */
  apiUrl: string;
  /** Path without the query. */
  path: string;
}

export interface Reply {
  status: number;
  /** Absent: no body, or `text`. */
  json?: unknown;
  text?: string;
  headers?: Readonly<Record<string, string>>;
}

export type Answer = (asked: Asked) => Reply | Promise<Reply>;
export type Answers = Partial<Record<OperationId, Answer>>;

/** A request about a repository that is there and that the caller may see. */
export type RepositoryAnswer = (
  asked: Asked & { repository: Repository },
) => Reply | Promise<Reply>;
export type RepositoryAnswers = Partial<Record<OperationId, RepositoryAnswer>>;

export function ok(json: unknown, headers?: Readonly<Record<string, string>>): Reply {
  return headers === undefined ? { status: 200, json } : { status: 200, json, headers };
}

export function refuse(status: number, message: string, errors?: unknown[]): Reply {
  const documentation = { documentation_url: 'https://docs.github.com/rest' };
  const json = { message, ...(errors === undefined ? {} : { errors }), ...documentation };
  return { status, json: { ...json, status: String(status) } };
}

/** A page of a list that is counted in pages, with the address of the next one. */
export function page<Item>({ apiUrl, path, query }: Asked, items: readonly Item[]) {
  const size = Number(query.get('per_page') ?? 30);
  const number = Number(query.get('page') ?? 1);
  const isLast = items.length <= number * size;
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  return {
    items: items.slice((number - 1) * size, number * size),
    headers: isLast ? {} : { link: `<${apiUrl}${path}?${next.toString()}>; rel="next"` },
  };
}

/** The text in a body's field; null where it is absent or null. */
export function textOf(body: JsonObject, field: string): string | null {
  const value = body[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
