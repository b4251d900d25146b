import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitVariables } from './run-git.ts';

const longestHead = 16_384;

/**
 * Has git itself answer a request, as a web server would by CGI.
 * @param folder with the repositories
 * @param login who asks; undefined: somebody who may only read
 * @returns when it has answered; the response is not ended yet
 * @see https://git-scm.com/docs/git-http-backend
 */
export function answerByGit(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, login }: { folder: string; login: string | undefined },
): Promise<void> {
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  const child = spawn('git', ['http-backend'], { env: variablesFor(request, folder, login) });
  child.once('error', reject);
  // Git may have enough before all is sent.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);

  let head = Buffer.alloc(0);
  const readHead = (bytes: Buffer): void => {
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length < longestHead) return;
    child.stdout.off('data', readHead);
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response, { end: false });
  };
  child.stdout.on('data', readHead);
  child.once('close', () => {
    if (!response.headersSent) response.writeHead(500);
    resolve();
  });
  return promise;
}

function writeHead(response: ServerResponse, head: string): void {
  const fields = head.split('\r\n').map((line) => line.split(/: (.*)/s));
  const headers = Object.fromEntries(
    fields.map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const { status = '200', ...others } = headers;
  response.writeHead(Number.parseInt(status, 10), others);
}

function variablesFor(request: IncomingMessage, folder: string, login: string | undefined) {
  const { headers, method = 'GET', url = '/' } = request;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const length = headers['content-length'];
  const encoding = headers['content-encoding'];
  const protocol = headers['git-protocol'];
  return {
    ...gitVariables(),
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: method,
    PATH_INFO: pathname,
    QUERY_STRING: searchParams.toString(),
    CONTENT_TYPE: headers['content-type'] ?? '',
    ...(length === undefined ? {} : { CONTENT_LENGTH: length }),
    ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
    ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}),
    ...(login === undefined ? {} : { REMOTE_USER: login }),
  };
}
