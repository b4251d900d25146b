import { RequestRejectedError } from '../../../domain/errors.ts';
import { githubSourceSchema } from '../../../domain/source.ts';

/**
 * `acme/shop` as GitHub's routes take it.
 * @throws RequestRejectedError for any other name, which would lead to another address
 */
export function repositoryParts(repository: string): { owner: string; repo: string } {
  const [owner, repo] = repository.split('/');
  const isName = githubSourceSchema.shape.repository.safeParse(repository).success;
  if (isName && owner !== undefined && repo !== undefined) return { owner, repo };
  const text = `"${repository}" is no repository on GitHub: its name must be OWNER/NAME.`;
  throw new RequestRejectedError('invalid', text);
}
