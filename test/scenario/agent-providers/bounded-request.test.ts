import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { requestJson } from '../../../lib/runtime/json-service/bounded-request.ts';
import { startServer } from '../../support/local-server.ts';
import { failureOf } from './hosted-providers.ts';

const megabyte = 1024 * 1024;

async function ask(url: string, requestMs = 10_000) {
  const request = { title: 'Codegen', service: 'codegen', method: 'GET' as const, url, requestMs };
  return await requestJson({ ...request, authorization: 'Bearer of-no-worth' });
}

async function failureAt(answer: RequestListener, requestMs?: number) {
  const { url } = await startServer(answer);
  return await failureOf(ask(url, requestMs));
}

describe('A bounded request', () => {
  test('does not wait for an answer that stalls half way', async () => {
    const error = await failureAt((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":');
    }, 200);
    expect(error).toMatchObject({ retryable: true, service: 'codegen' });
    expect(error.message).toBe('Codegen did not answer within 0.2 s.');
  });

  test('reads no more than 16 MB of an answer that does not end', async () => {
    let written = 0;
    const pour = (response: ServerResponse): void => {
      const block = Buffer.alloc(megabyte, ' ');
      while (!response.destroyed) {
        written += 1;
        if (!response.write(block)) return;
      }
    };
    const error = await failureAt((_, response) => {
      response.writeHead(200);
      response.on('drain', () => pour(response));
      pour(response);
    });
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toBe(
      'Codegen has sent an answer of more than 16 MB, which was not read.',
    );
    // Beside what is under way when the connection closes.
    expect(written).toBeLessThan(40);
  });

  test('is not fooled by an answer that is small only while it is compressed', async () => {
    const body = gzipSync(Buffer.alloc(17 * megabyte, ' '));
    expect(body.length).toBeLessThan(megabyte / 10);
    const error = await failureAt((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(body);
    });
    expect(error.message).toContain('more than 16 MB');
  });

  test('takes its credentials nowhere else', async () => {
    const elsewhere = await startServer((_, response) => response.end('{}'));
    const error = await failureAt((_, response) => {
      response.writeHead(307, { location: elsewhere.url });
      response.end();
    });
    expect(error.message).toBe('Codegen answers with another address, which is not followed.');
    expect(elsewhere.seen).toEqual([]);
  });

  test('says that nobody is there', async () => {
    // Nothing may listen at that port.
    const error = await failureOf(ask('http://127.0.0.1:1/'));
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toMatch(/^Codegen could not be reached/);
  });
});
