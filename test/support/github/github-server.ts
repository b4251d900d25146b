import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import type { OperationId } from './operations.ts';
import type { GithubSeed } from './seed.ts';

export interface SeenRequest {
  method: string;
  /** With its query: `/repos/acme/shop/commits/HEAD`. */
  path: string;
  /** Null where GitHub has no such operation. */
  operation: OperationId | null;
  /** What was answered; 0 where nothing was. */
  status: number;
  authorization: 'none' | 'token' | 'installation' | 'app' | 'unknown';
}

/** A GitHub on this machine that takes nothing but what GitHub's own description allows. */
export interface GithubServer {
  /** `http://127.0.0.1:PORT`, for GITHUB_API_URL. */
  url: string;
  /** In the order of arrival. */
  requests: SeenRequest[];
  /** What GitHub would not have taken, and what it would not have answered. To be empty in the end. */
  violations: string[];
}

/** Listens on any free port of the loopback address until the test has finished. */
export async function startGithubServer(_seed: GithubSeed): Promise<GithubServer> {
  const requests: SeenRequest[] = [];
  const violations: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '' } = request;
    requests.push({ method, path, operation: null, status: 404, authorization: 'none' });
    violations.push(`${method} ${path}: GitHub has no such operation`);
    response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { url: `http://127.0.0.1:${address.port}`, requests, violations };
}
