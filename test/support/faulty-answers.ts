import type { ServerResponse } from 'node:http';

/** What a request can get in place of the answer that it asked for. */
export type FaultyAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  /** Promises more bytes than come, then closes the connection. */
  | { kind: 'cut'; status: number; headers: Record<string, string>; body: string }
  /** The connection is reset before anything was said. */
  | { kind: 'reset' }
  /** Nothing comes, for ever. */
  | { kind: 'hang' };

const json = { 'content-type': 'application/json; charset=utf-8' };

/** @param retryAfter seconds */
export function tooManyRequests(retryAfter?: number): FaultyAnswer {
  const headers = { ...json, ...retryAfterHeader(retryAfter) };
  return { kind: 'answer', status: 429, headers, body: '{"message":"Too Many Requests"}' };
}

/** As GitHub words it. @param retryAfter seconds */
export function secondaryLimit(retryAfter?: number): FaultyAnswer {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const body = JSON.stringify({
    message,
    documentation_url:
      'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  });
  return {
    kind: 'answer',
    status: 403,
    headers: { ...json, ...retryAfterHeader(retryAfter) },
    body,
  };
}

/** As Linear words it: neither the status nor the type says what it is. */
export function linearRateLimit(): FaultyAnswer {
  const extensions = { code: 'RATELIMITED', statusCode: 429, userError: true };
  const body = JSON.stringify({ errors: [{ message: 'Rate limit exceeded', extensions }] });
  return { kind: 'answer', status: 400, headers: json, body };
}

export function serverError(): FaultyAnswer {
  return { kind: 'answer', status: 500, headers: json, body: '{"message":"Server Error"}' };
}

/** A page for people, from something in between. */
export function badGateway(): FaultyAnswer {
  const body = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
  return { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body };
}

export function truncatedJson(): FaultyAnswer {
  return { kind: 'answer', status: 200, headers: json, body: '{"data":{"viewer":{"id":"' };
}

export function emptyBody(): FaultyAnswer {
  return { kind: 'answer', status: 200, headers: json, body: '' };
}

export function cutBody(): FaultyAnswer {
  return { kind: 'cut', status: 200, headers: json, body: '{"data":{"viewer"' };
}

export const reset: FaultyAnswer = { kind: 'reset' };
export const hang: FaultyAnswer = { kind: 'hang' };

function retryAfterHeader(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

export function sendFaultyAnswer(response: ServerResponse, answer: FaultyAnswer): void {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer.kind === 'answer') {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  const promised = String(Buffer.byteLength(answer.body) + 1_000);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': promised });
  response.write(answer.body, () => response.socket?.destroy());
}
