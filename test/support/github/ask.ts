import { createPrivateKey, sign } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';

export interface Question {
  /** Default: none, nobody says who asks. */
  token?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface Told {
  status: number;
  /** The whole text where it is no JSON. */
  json: unknown;
  /** The same where it is an object; empty else. */
  object: JsonObject;
  headers: Headers;
}

/** Asks a server directly, without the adapter. @param route `GET /user` */
export async function ask(url: string, route: string, question: Question = {}): Promise<Told> {
  const [method = '', path = ''] = route.split(' ');
  const { body, headers, token } = question;
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'user-agent': 'test',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const json: unknown = isJson ? JSON.parse(text) : text;
  return {
    status: response.status,
    json,
    object: isJsonObject(json) ? json : {},
    headers: response.headers,
  };
}

/** A JWT of an App. @param claims instead of the usual ones; times in seconds */
export function jwtOf(
  app: { id: number; privateKey: string },
  claims: Readonly<Record<string, unknown>> = {},
): string {
  const now = Math.floor(Date.now() / 1_000);
  const usual = { iat: now - 60, exp: now + 540, iss: app.id };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ ...usual, ...claims })}`;
  const key = createPrivateKey(app.privateKey);
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
