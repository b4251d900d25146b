import { inspect } from 'node:util';
import { tarballOf } from '../tarball.ts';
import { listen } from './listen.ts';
import type { GithubSeed } from './seed.ts';
import type { GithubWorld } from './world.ts';

/**
 * The host that redirects lead to, with the archive of any commit: another origin than the API.
 * @param violate hears what has gone wrong here
 */
export async function startArchives(
  { archives }: GithubSeed,
  { repositories }: GithubWorld,
  violate: (problem: string) => void,
): Promise<{ url: string; authorizations: (string | undefined)[] }> {
  const authorizations: (string | undefined)[] = [];
  const { url } = await listen(
    async (request, response) => {
      authorizations.push(request.headers.authorization);
      const path = request.url ?? '';
      if (archives !== undefined) return archives(request, response);
      const [, owner, name, commit = ''] = path.split(/[/?]/);
      const repository = repositories.get(`${owner}/${name}`.toLowerCase());
      const files = repository?.commits.get(commit)?.files;
      const archive = files === undefined ? '' : await tarballOf(files);
      const type = { 'content-type': 'application/x-gzip' };
      response.writeHead(files === undefined ? 404 : 200, type).end(archive);
    },
    (error) => violate(`our archives: ${inspect(error)}`),
  );
  return { url, authorizations };
}
