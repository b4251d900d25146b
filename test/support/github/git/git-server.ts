import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { temporaryFolder } from '../../temporary-folder.ts';
import { loginOf, type Caller, type Callers } from '../callers.ts';
import { listen } from '../listen.ts';
import type { Pushed } from '../pushes.ts';
import { mayPush, maySee } from '../rights.ts';
import type { GithubWorld, Repository } from '../world.ts';
import { createBareRepositories } from './bare-repositories.ts';
import { answerByGit } from './http-backend.ts';

export interface GitServer {
  /** `http://127.0.0.1:PORT`, for GITHUB_SERVER_URL. */
  url: string;
  requests: GitRequest[];
  /** The bare repository as it is now. */
  folderOf(repository: Repository): Promise<string>;
  /** From now on GitHub refuses what is pushed, in these words; null: takes it again. */
  refusePushes(repository: Repository, words: string | null): Promise<void>;
}

export interface GitRequest {
  method: string;
  /** With its query: `/acme/shop.git/info/refs?service=git-upload-pack`. */
  path: string;
  authorization: Caller['kind'] | 'unknown';
  status: number;
}

export interface GitServerParts {
  callers: Callers;
  world: GithubWorld;
  violate: (problem: string) => void;
  /** Hears of each branch that was pushed, when the world has it. */
  onPush: (pushed: Pushed) => void;
}

/** Repositories over HTTP, as git clones them and pushes to them. */
export async function startGitServer(parts: GitServerParts): Promise<GitServer> {
  const repositories = createBareRepositories(temporaryFolder());
  const requests: GitRequest[] = [];
  const { url } = await listen(
    async (request, response) => {
      const { method = '', url: path = '' } = request;
      const caller = identify(parts.callers, request.headers.authorization);
      const seen: GitRequest = { method, path, authorization: caller.kind, status: 0 };
      requests.push(seen);
      const repository = repositoryAt(parts.world, path);
      const isPush = /git-receive-pack/.test(path);
      const refusal = refusalFor(caller, repository, isPush);
      if (refusal !== null) refuse(response, refusal);
      else if (repository !== undefined && caller.kind !== 'unknown') {
        await repositories.write(repository);
        const login = isPush ? loginOf(caller) : undefined;
        await answerByGit(request, response, { folder: repositories.folder, login });
        if (method === 'POST' && isPush) {
          const pushed = await repositories.read(repository);
          for (const one of pushed) parts.onPush({ ...one, repository, by: loginOf(caller) });
        }
        // Who has pushed finds it done.
        response.end();
      }
      seen.status = response.statusCode;
    },
    (error) => parts.violate(`our git: ${inspect(error)}`),
  );
  return {
    url,
    requests,
    folderOf: (repository) => repositories.write(repository),
    refusePushes: async (repository, words) => {
      const hook = join(await repositories.write(repository), 'hooks', 'pre-receive');
      rmSync(hook, { force: true });
      if (words === null) return;
      writeFileSync(hook, `#!/bin/sh\ncat <<'WORDS' >&2\n${words}\nWORDS\nexit 1\n`);
      chmodSync(hook, 0o755);
    },
  };
}

type Asker = ReturnType<Callers['identify']>;

/** Git sends a token as the password of a user. */
function identify(callers: Callers, authorization: string | undefined): Asker {
  if (authorization === undefined) return { kind: 'none' };
  const [, encoded = ''] = /^basic (\S+)$/i.exec(authorization) ?? [];
  const [, token = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s);
  return callers.identify(`token ${token}`);
}

function repositoryAt({ repositories }: GithubWorld, path: string): Repository | undefined {
  const [, owner, name = ''] = path.split(/[/?]/);
  return repositories.get(`${owner}/${name.replace(/\.git$/, '')}`.toLowerCase());
}

interface Refusal {
  status: 401 | 403 | 404;
  words: string;
}

/** GitHub's answers: who is nobody is asked who they are, also where there is nothing. */
function refusalFor(
  caller: Asker,
  repository: Repository | undefined,
  isPush: boolean,
): Refusal | null {
  if (caller.kind === 'unknown' || caller.kind === 'app') {
    return { status: 401, words: 'Invalid username or token.' };
  }
  if (repository === undefined || !maySee(caller, repository)) {
    if (caller.kind === 'none') return { status: 401, words: 'Authentication required.' };
    return { status: 404, words: 'Repository not found.' };
  }
  if (!isPush || mayPush(caller)) return null;
  if (caller.kind === 'none') return { status: 401, words: 'Authentication required.' };
  const words = `Permission to ${repository.name}.git denied to ${loginOf(caller)}.`;
  return { status: 403, words };
}

function refuse(response: ServerResponse, { status, words }: Refusal): void {
  const ask = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
  response.writeHead(status, { 'content-type': 'text/plain', ...ask }).end(words);
}
