/** `acme/shop` as GitHub's routes take it. */
export function repositoryParts(repository: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
