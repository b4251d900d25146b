import type { CodeHost, KnownHead } from '../../lib/ports/code-host.ts';

/** Default branches at a code host, as far as pushes are looked for. */
export class HostedBranches implements Pick<
  CodeHost,
  'isConfigured' | 'getHead' | 'listChangedPaths'
> {
  isSetUp = true;
  /** By repository, or `repository@branch`: commits, oldest first, each with the paths that it changed. */
  readonly commits = new Map<string, { commit: string; paths: string[] }[]>();
  /** Thrown instead of an answer about this repository. */
  readonly failing = new Map<string, Error>();
  /** `head acme/shop: unchanged`, `compare one...two` */
  readonly requests: string[] = [];

  push(repository: string, commit: string, paths: string[]): void {
    this.commits.set(repository, [...this.#commitsOf(repository), { commit, paths }]);
  }
  async isConfigured() {
    return this.isSetUp;
  }
  async getHead(
    repository: string,
    known: KnownHead | null,
    branch = 'main',
  ): Promise<'unchanged' | KnownHead> {
    const problem = this.failing.get(repository);
    if (problem !== undefined) throw problem;
    const commit =
      this.#commitsOf(branch === 'main' ? repository : `${repository}@${branch}`).at(-1)?.commit ??
      'none';
    const isUnchanged = known?.etag === `etag-${commit}`;
    this.requests.push(`head ${repository}: ${isUnchanged ? 'unchanged' : commit}`);
    return isUnchanged ? 'unchanged' : { branch, commit, etag: `etag-${commit}` };
  }
  async listChangedPaths(repository: string, base: string, head: string) {
    this.requests.push(`compare ${base}...${head}`);
    const commits = this.#commitsOf(repository);
    const from = commits.findLastIndex(({ commit }) => commit === base);
    const to = commits.findLastIndex(({ commit }) => commit === head);
    return from < 0 ? null : commits.slice(from + 1, to + 1).flatMap(({ paths }) => paths);
  }
  #commitsOf(repository: string) {
    return this.commits.get(repository) ?? [];
  }
}
