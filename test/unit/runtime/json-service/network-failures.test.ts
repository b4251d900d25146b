import { describe, expect, test } from 'vitest';
import { describeNetworkFailure } from '../../../../lib/runtime/json-service/network-failures.ts';

function failed(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
}

describe('A request without an answer', () => {
  test.each([
    ['ENOTFOUND', 'its address is not known'],
    ['EAI_AGAIN', 'names of hosts are not resolved'],
    ['ECONNREFUSED', 'nothing listens'],
    ['ECONNRESET', 'has closed the connection'],
    ['UND_ERR_SOCKET', 'has closed the connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not accepted (SELF_SIGNED_CERT_IN_CHAIN)'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not accepted'],
    ['EWHATEVER', 'could not be reached, or its answer was cut'],
    ['toString', 'could not be reached, or its answer was cut'],
  ])('has failed by %s', (code, words) => {
    expect(describeNetworkFailure(failed(code), 20_000)).toContain(words);
  });

  test('was waited for as long as is said', () => {
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect(describeNetworkFailure(error, 20_000)).toBe('did not answer within 20 s');
  });

  test('may have been thrown as anything', () => {
    expect(describeNetworkFailure('no', 1)).toBe('could not be reached');
    expect(describeNetworkFailure(new Error('token abc'), 1)).not.toContain('abc');
  });
});
