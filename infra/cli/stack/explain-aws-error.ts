import { UpstreamError } from '../../../lib/domain/errors.ts';

/** What the SDK throws, as far as it is looked at: its classes are not loaded where no stack is meant. */
interface AwsError extends Error {
  code?: unknown;
  cause?: unknown;
  /** On whatever a client of the SDK has thrown, also where nobody has answered it. */
  $metadata?: { httpStatusCode?: number };
}

const expired: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
]);

const unknownKey: ReadonlySet<string> = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
]);

const throttled: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const unreachable: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** As adapters name the services of AWS in their errors. */
const awsServices: ReadonlySet<string> = new Set([
  'dynamodb',
  'eventbridge',
  'events',
  'lambda',
  'logs',
  's3',
  'secretsmanager',
]);

/** The host, GitHub and others cannot be reached either, and AWS has no part in that. */
function isOfOtherService(error: Error): boolean {
  return error instanceof UpstreamError && !awsServices.has(error.service);
}

/**
 * What stands between an operator and AWS, and what to do about it.
 * @param error anything that was thrown; what has caused it counts as well
 * @returns undefined for what has nothing to do with that
 */
export function explainAwsError(error: unknown): string | undefined {
  for (let at = error; at instanceof Error && !isOfOtherService(at); at = at.cause) {
    const text = explain(at);
    if (text !== undefined) return text;
  }
  return undefined;
}

/**
 * What somebody must not do.
 * @param error anything that was thrown; what has caused it counts as well
 * @returns `it takes dynamodb:Query`, or the words of the error that names no action; undefined for what is no
 *   lack of rights
 */
export function missingRight(error: unknown): string | undefined {
  for (let at = error; at instanceof Error && !isOfOtherService(at); at = at.cause) {
    if (!isDenied(at)) continue;
    const action = deniedAction.exec(at.message)?.groups?.['action'];
    return action === undefined ? at.message : `it takes ${action}`;
  }
  return undefined;
}

function isDenied({ message, name }: Error): boolean {
  return denied.has(name) || isToldDenied(message);
}

function explain(error: AwsError): string | undefined {
  const { $metadata, code, message } = error;
  const name = nameOf(error);
  if (message === 'Region is missing') {
    return (
      'No AWS region is set, or there is no profile as AWS_PROFILE says. ' +
      'Set AWS_REGION to that of the stack: AWS_REGION=eu-west-1.'
    );
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return explainMissing(message);
  }
  if (expired.has(name)) {
    return 'The AWS credentials have expired. Get new ones: aws sso login, or as your organisation does it.';
  }
  if (unknownKey.has(name)) {
    return 'AWS does not accept the credentials. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and the clock.';
  }
  if (isDenied(error)) return explainDenied(message);
  if (throttled.has(name)) {
    return 'AWS takes no more requests at the moment (throttled). Try again in a minute.';
  }
  if ($metadata !== undefined && unreachable.has(code)) {
    return `AWS cannot be reached (${String(code)}). Look at the network, and whether AWS_REGION exists.`;
  }
  if (name === 'TimeoutError')
    return 'AWS has not answered in time. Try again, or on another line.';
  if (($metadata?.httpStatusCode ?? 0) >= 500) {
    return `AWS has failed by itself (${name}). Try again in a minute.`;
  }
  return undefined;
}

function explainMissing(message: string): string {
  if (/sso/i.test(message)) {
    return 'The session of AWS IAM Identity Center is missing or has expired. Run aws sso login.';
  }
  const { AWS_PROFILE: profile } = process.env;
  // The SDK does not tell that it looked there in vain.
  if (profile !== undefined) {
    return `There is no profile ${profile} (AWS_PROFILE) with credentials. See aws configure list-profiles.`;
  }
  return (
    'There are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ' +
    'or run aws sso login.'
  );
}

/** Adapters keep no cause: the sentence of their own error tells the name of the SDK's. */
function nameOf({ message, name }: AwsError): string {
  return /\bfailed: (?<told>\w+)[.:]/.exec(message)?.groups?.['told'] ?? name;
}

/** Also where it stands elsewhere in the sentence. */
function isToldDenied(message: string): boolean {
  return /\bAccessDenied(Exception)?\b/.test(message);
}

const deniedAction = /perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?/;
const operatorRights =
  'What an operator needs is in infra/operator-policies: reading.json, and steering.json beside it.';

function explainDenied(message: string): string {
  const { action, resource } = deniedAction.exec(message)?.groups ?? {};
  if (action === undefined) return `AWS does not allow you this. ${operatorRights} (${message})`;
  const where = resource === undefined ? '' : ` on ${resource}`;
  // Whoever may see one stack only is not told which others there are.
  const orNone = action === 'cloudformation:DescribeStacks' ? ', or there is no such stack' : '';
  return `AWS does not allow you ${action}${where}${orNone}. ${operatorRights}`;
}
