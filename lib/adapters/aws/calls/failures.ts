import { UpstreamError } from '../../../domain/errors.ts';

/** A call, for its failure to name. */
export interface CallName {
  /** As requests to it are signed. */
  service: 'secretsmanager' | 'events';
  /** `GetSecretValue of autonomous-cicd-dev/linear-api-key` */
  action: string;
}

export function readSecret(name: string): CallName {
  return { service: 'secretsmanager', action: `GetSecretValue of ${name}` };
}

export function describeSecret(name: string): CallName {
  return { service: 'secretsmanager', action: `DescribeSecret of ${name}` };
}

export const putEvents: CallName = { service: 'events', action: 'PutEvents' };
export const keepEvent: CallName = { service: 'events', action: 'an event' };

/** A refusal without its message, which may quote the request and with it the session token. */
export interface Refusal {
  /** In the words of the service: `AccessDeniedException`. */
  code: string;
  /** HTTP status; an entry of a request that was carried out in part has none. */
  status?: number;
}

const spokenNames = { secretsmanager: 'Secrets Manager', events: 'EventBridge' } as const;

/** Codes that say no more than "later", whatever their status. */
const passingCodes: ReadonlySet<string> = new Set([
  'InternalException',
  'InternalFailure',
  'LimitExceededException',
  'RequestLimitExceeded',
  'RequestThrottledException',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** Whether the same request may be carried out the next time. */
export function isPassing({ code, status = 0 }: Refusal): boolean {
  return passingCodes.has(code) || status === 429 || status >= 500;
}

/** A secret that is made by the stack has no value until somebody sets it: there is nothing wrong. */
export function isNotSet(code: string): boolean {
  return code === 'ResourceNotFoundException';
}

export function refused({ action, service }: CallName, refusal: Refusal): UpstreamError {
  const { code, status } = refusal;
  return new UpstreamError(`${spokenNames[service]} has refused ${action}: ${code}.`, {
    service,
    retryable: isPassing(refusal),
    ...(status === undefined ? {} : { status }),
  });
}

/**
 * No answer, or none that can be read. The cause is not kept: errors of transports hold the request, and
 * those of parsers quote the answer.
 */
export function unanswered({ action, service }: CallName, reason: string): UpstreamError {
  return new UpstreamError(`${spokenNames[service]} ${reason} (${action}).`, {
    service,
    retryable: true,
  });
}
