import { UpstreamError } from '../../domain/errors.ts';
import { oneLineText, shorten } from '../../domain/plain-text.ts';

/** What a service has answered in place of what it was asked for. */
export interface Refusal {
  status: number;
  /** What the JSON of its answer says; undefined where it was none. */
  body: unknown;
  /** When it may be asked again, milliseconds since the epoch; null where it does not say. */
  retryAt: number | null;
  /** Values that were sent and must not be shown. */
  secrets: readonly string[];
}

/** How people know a service, and how errors name it: `Codegen`, `codegen`. */
export interface ServiceName {
  title: string;
  service: string;
}

/** It may go well another time. */
export function passing({ service }: ServiceName, message: string, status?: number): UpstreamError {
  return new UpstreamError(message, { service, retryable: true, ...withStatus(status) });
}

/** It fails until somebody changes something. */
export function final({ service }: ServiceName, message: string, status?: number): UpstreamError {
  return new UpstreamError(message, { service, retryable: false, ...withStatus(status) });
}

/** Whether a service says so itself: what comes without a reason may be something before it, and is retryable. */
export function isFinal(error: unknown, status: number): boolean {
  return error instanceof UpstreamError && error.status === status && !error.retryable;
}

function withStatus(status: number | undefined): { status?: number } {
  return status === undefined ? {} : { status };
}

/** What a status means at every service; undefined where it depends on what was asked for. */
export function explainUsual(name: ServiceName, refusal: Refusal): UpstreamError | undefined {
  const { body, retryAt, status } = refusal;
  const { title } = name;
  if (status === 429) {
    const until = retryAt === null ? '' : ` It may be asked again at ${formatTime(retryAt)}.`;
    return passing(name, `${title}'s rate limit is reached (429).${until}`, status);
  }
  if (status === 408 || status >= 500)
    return passing(name, `${title} has failed (${status}).`, status);
  if (status < 400 || body !== undefined || status === 401) return undefined;
  const text = `${title}, or something before it, has answered ${status} without a reason.`;
  return passing(name, text, status);
}

/** The service's own words as they may be shown, cut: they may hold anything. */
export function inItsWords(text: string | null, { secrets }: Refusal): string {
  if (text === null || text.trim() === '') return '';
  const shown = secrets.reduce((words, secret) => words.replaceAll(secret, '…'), text);
  return ` It says: "${shorten(oneLineText(shown), 200)}"`;
}

/**
 * When to ask again, by the header `Retry-After`: seconds, or a date.
 * @returns milliseconds since the epoch; null where it is missing or says nothing
 */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1_000;
  // Anything with a digit in it would be taken for a date.
  const date = value.endsWith('GMT') ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? null : date;
}

function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
