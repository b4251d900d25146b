import type { MiddlewareHandler } from 'hono';
import { answerProblem } from './errors.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What a tunnel may reach: senders of webhooks, and whoever checks that the host lives. */
function isPublic(path: string): boolean {
  return path === '/healthz' || path.startsWith('/webhooks/');
}

function isLoopback(host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  return loopbackNames.has(new URL(`http://${host}`).hostname);
}

const headersOfTunnels = [
  'forwarded',
  'via',
  'x-real-ip',
  'cf-connecting-ip',
  ...['for', 'host', 'proto', 'port'].map((name) => `x-forwarded-${name}`),
];

/**
 * A tunnel that writes `localhost` into the Host header still says for whom it asks. One that hands on bare
 * TCP adds nothing, and cannot be told from a person at this machine.
 */
function isForwarded(headers: Headers): boolean {
  return headersOfTunnels.some((name) => headers.has(name));
}

/**
 * People tunnel webhooks to this port, and a page of a stranger can make a browser resolve its own name
 * to 127.0.0.1. Both show in the headers.
 */
export const onlyLoopback: MiddlewareHandler = async (context, next) => {
  const isDirect = isLoopback(context.req.header('host')) && !isForwarded(context.req.raw.headers);
  if (isPublic(context.req.path) || isDirect) return next();
  const message = 'This address answers only on the machine it runs on.';
  return answerProblem(context, { status: 403, message });
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A browser names the page that sends a request: no other page may change anything here. */
export const onlySameOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const own = `http://${context.req.header('host') ?? ''}`;
  if (safeMethods.has(context.req.method) || origin === undefined || origin === own) return next();
  const message = 'Requests that change something must come from this very page.';
  return answerProblem(context, { status: 403, message });
};

/** Pages run no script, load nothing from elsewhere and cannot be framed. */
export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
};
