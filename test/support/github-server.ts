import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  /** Method and path: `GET /repos/acme/shop/commits/HEAD`. */
  line: string;
  authorization: string | undefined;
}

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  seen: SeenRequest[];
}

/** Listens on any free port of the loopback address until the test has finished. */
export async function startServer(answer: RequestListener): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    seen.push(describe(request));
    answer(request, response);
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
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

function describe({ headers, method, url }: IncomingMessage): SeenRequest {
  return { line: `${method} ${url}`, authorization: headers.authorization };
}

export const headCommit = '0123456789abcdef0123456789abcdef01234567';

export interface GithubWorld {
  api: LocalServer;
  /** Where archives come from: another host than the API. */
  archives: LocalServer;
}

const fullArchive =
  (archive: Uint8Array): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(archive);
  };

/**
 * A GitHub with the repository `acme/shop`, whose branches `main` and `feature/x` are at `headCommit`.
 * @param archive of that commit, or what answers in its place
 * @param commits answers in place of the API when the commit is asked for
 * @param paths files that the API lists; without them it knows no list
 */
export async function startGithub(
  archive: Uint8Array | RequestListener,
  commits?: RequestListener,
  paths?: readonly string[],
): Promise<GithubWorld> {
  const send = typeof archive === 'function' ? archive : fullArchive(archive);
  const archives = await startServer(send);
  const known = new Set(['HEAD', 'main', 'feature%2Fx', headCommit]);

  const api = await startServer((request, response) => {
    const path = request.url ?? '';
    const ref = /^\/repos\/acme\/shop\/commits\/(.+)$/.exec(path)?.[1];
    if (ref !== undefined && commits !== undefined) return commits(request, response);
    if (ref !== undefined && known.has(ref)) {
      const type = { 'content-type': 'application/vnd.github.sha; charset=utf-8' };
      return response.writeHead(200, type).end(headCommit);
    }
    if (ref !== undefined) return refuse(422, 'No commit found for SHA')(request, response);
    if (paths !== undefined && path === '/repos/acme/shop/git/trees/HEAD?recursive=1') {
      const tree = paths.map((file) => ({ path: file, mode: '100644', type: 'blob' }));
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      return response.end(JSON.stringify({ tree, truncated: false }));
    }
    if (path === `/repos/acme/shop/tarball/${headCommit}`) {
      const location = `${archives.url}/acme/shop/legacy.tar.gz/${headCommit}?token=OWN-RIGHT`;
      return response.writeHead(302, { location }).end();
    }
    return refuse(404, 'Not Found')(request, response);
  });
  return { api, archives };
}

/** Answers like GitHub where it refuses. */
export function refuse(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify({ message, status: String(status) }));
  };
}
