/** Where the `git` command clones repositories from, and pushes to. */
export interface GitRemotes {
  /**
   * @param repository `owner/name`
   * @throws ConfigError for credentials that cannot be used, UpstreamError where none can be had
   */
  of(repository: string): Promise<GitRemote>;
}

export interface GitRemote {
  /** Without credentials: `https://github.com/acme/shop.git`. */
  url: string;
  /** A secret that git sends with its requests: `authorization: basic …`. Null where none is set. */
  header: string | null;
}
