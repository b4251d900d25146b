import { isThrottlingError } from '@smithy/core/retry';
import { messageOf, UpstreamError } from '../../domain/errors.ts';

/** An error with what the SDK adds to it. One of a connection has no status. */
type SdkError = Parameters<typeof isThrottlingError>[0];

/** Their messages may quote the signed request, and with it the session token: only the name is told. */
const credentialErrors: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

const refusals: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException']);

const missing: ReadonlySet<string> = new Set(['NoSuchBucket', 'ResourceNotFoundException']);

/**
 * What is left when a client of the SDK has given up, its own attempts included. The cause is not kept: it
 * holds request and answer.
 * @param call `what`: to go on with "failed": `Reading the table t`
 */
export function sdkFailure(
  error: unknown,
  { service, what }: { service: string; what: string },
): UpstreamError {
  if (!isSdkError(error)) {
    return new UpstreamError(`${what} failed: ${messageOf(error)}`, { service, retryable: false });
  }
  const status = error.$metadata?.httpStatusCode;
  return new UpstreamError(`${what} failed: ${explain(error)}`, {
    service,
    retryable: isPassing(error, status),
    ...(status !== undefined && { status }),
  });
}

/** How often the SDK has tried; an earlier attempt may have been carried out, its answer lost. */
export function attemptsOf(error: unknown): number {
  return isSdkError(error) ? (error.$metadata?.attempts ?? 1) : 1;
}

/** Everything but a refusal: no connection, no answer in time, one that cannot be read. */
function isPassing(error: SdkError, status: number | undefined): boolean {
  if (credentialErrors.has(error.name)) return false;
  const refused = status !== undefined && status >= 400 && status < 500;
  return !refused || isThrottlingError(error);
}

function explain(error: SdkError): string {
  if (credentialErrors.has(error.name)) {
    return `${error.name}. The credentials are missing, wrong or expired.`;
  }
  // It quotes what was answered in place of an answer.
  if (error instanceof SyntaxError) return 'the answer cannot be read.';
  // The SDK adds lines about its own insides.
  const [message = ''] = error.message.split('\n', 1);
  const told = message === '' ? error.name : `${error.name}: ${message}`;
  if (refusals.has(error.name))
    return `${told}. Its role has to allow this: deploy the stack again.`;
  if (missing.has(error.name))
    return `${told}. Deploy the stack, or check its name and the region.`;
  return told;
}

function isSdkError(error: unknown): error is SdkError {
  return error instanceof Error;
}
