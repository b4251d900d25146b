/** In words that follow the name of the service; an error's own may quote what was sent. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'could not be reached: its address is not known to the network',
  EAI_AGAIN: 'could not be reached: names of hosts are not resolved at the moment',
  ECONNREFUSED: 'could not be reached: nothing listens at its address',
  ECONNRESET: 'has closed the connection before its answer was there',
  UND_ERR_SOCKET: 'has closed the connection before its answer was there',
  UND_ERR_CONNECT_TIMEOUT: 'could not be reached in time',
};

/** @param thrown by `fetch` or by reading its answer */
export function describeNetworkFailure(thrown: unknown, requestMs: number): string {
  if (!(thrown instanceof Error)) return 'could not be reached';
  if (thrown.name === 'TimeoutError') return `did not answer within ${requestMs / 1_000} s`;
  const { cause } = thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (Object.hasOwn(reasons, code)) return reasons[code] ?? '';
  if (/CERT|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return `could not be reached safely: its certificate is not accepted (${code})`;
  }
  const isRedirect = cause instanceof Error && cause.message === 'unexpected redirect';
  if (isRedirect) return 'answers with another address, which is not followed';
  return 'could not be reached, or its answer was cut';
}
