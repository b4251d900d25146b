/** Where changes are proposed to people. */
export interface PullRequests {
  /**
   * Opens a pull request, or finds the one that was opened from the same branch before: a branch is made for one.
   * @throws UpstreamError that says what a person can do
   */
  open(wanted: WantedPullRequest): Promise<OpenedPullRequest>;
}

export interface WantedPullRequest {
  /** `owner/name` */
  repository: string;
  /** The branch with the changes, of the same repository. */
  head: string;
  /** Where they are to go. Default: the default branch. */
  base?: string;
  /** One line of plain text. */
  title: string;
  /** Markdown. */
  body: string;
}

export interface OpenedPullRequest {
  /** Its page. */
  url: string;
  number: number;
}
