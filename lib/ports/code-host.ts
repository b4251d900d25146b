/**
 * Where repositories live, as flows answer there and ask what has changed. GitHub here. Methods throw
 * UpstreamError, not retryable where a person has to change something.
 */
export interface CodeHost {
  /** Whether credentials are set. */
  isConfigured(): Promise<boolean>;
  /**
   * Shows an outcome at a commit, as a status; the newest one of a context counts. Without effect when it
   * shows that already.
   */
  setCommitStatus(status: CommitStatus): Promise<void>;
  /** Shows an outcome at a commit, as a check run; the one of this name and commit is updated. */
  putCheckRun(check: CheckRun): Promise<{ url: string }>;
  /**
   * Writes the issue that carries the marker, or makes it; closes or reopens it as wanted.
   * @returns its number and address; null when there was none and it is to be closed
   */
  putIssue(issue: MarkedIssue): Promise<{ number: number; url: string } | null>;
  /**
   * The head of a branch, asked for conditionally.
   * @param known what the answer before has told; `unchanged` costs nothing then
   * @param branch Default: the repository's default branch, whichever that is
   */
  getHead(
    repository: string,
    known: KnownHead | null,
    branch?: string,
  ): Promise<'unchanged' | KnownHead>;
  /**
   * Paths that differ between two commits; null when there are too many to tell, or the first is unknown.
   */
  listChangedPaths(repository: string, base: string, head: string): Promise<string[] | null>;
}

export interface KnownHead {
  /** `main` */
  branch: string;
  /** 40 hex digits. */
  commit: string;
  /** Opaque: makes the next question cheap. */
  etag: string;
}

export interface CommitStatus {
  /** `owner/name` */
  repository: string;
  commit: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  /** Tells statuses of one commit apart: `cicd/component-analysis/lib`. */
  context: string;
  /** One line, 140 characters at most. */
  description: string;
  url: string;
}

export interface CheckRun {
  repository: string;
  commit: string;
  /** Unique at the commit: `component-analysis: lib`. */
  name: string;
  /** Null while it runs. */
  conclusion: 'success' | 'neutral' | 'failure' | null;
  title: string;
  /** Markdown, 65,535 characters at most. */
  summary: string;
  url: string;
  /** Our run. */
  externalId: string;
}

export interface MarkedIssue {
  repository: string;
  /** Stands in the body, invisible: letters, digits and `-:/._`. */
  marker: string;
  title: string;
  /** Markdown, 65,535 characters at most, without the marker. */
  body: string;
  open: boolean;
}
