interface ClientSettings {
  maxAttempts: number;
  requestHandler: {
    connectionTimeout: number;
    requestTimeout: number;
    throwOnRequestTimeout: true;
  };
}

/**
 * What every client of the SDK needs and does not have by itself: an end to waiting. Without
 * `throwOnRequestTimeout` the time-out is a line in the log and the request goes on.
 * @param requestTimeout milliseconds that one attempt may take
 */
export function clientSettings({
  maxAttempts,
  requestTimeout,
}: {
  maxAttempts: number;
  requestTimeout: number;
}): ClientSettings {
  return {
    maxAttempts,
    requestHandler: { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true },
  };
}
