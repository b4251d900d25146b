/** What a test server knows when it starts. */
export interface GithubSeed {
  repositories?: readonly RepositorySeed[];
  tokens?: readonly TokenSeed[];
  app?: AppSeed;
  /** Milliseconds since the epoch. Default: the clock of this machine. */
  now?: () => number;
}

export interface RepositorySeed {
  /** `acme/shop`; the owner is an organisation. */
  name: string;
  /** Default: `main`. */
  defaultBranch?: string;
  /** Default: public. */
  private?: boolean;
  /** Of the first commit. Default: a README. */
  files?: Readonly<Record<string, string>>;
}

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** A personal access token. */
export interface TokenSeed {
  token: string;
  /** Default: `ada`. */
  login?: string;
  /** Of the user in every repository. Default: `admin`. */
  role?: Role;
  /** Of a classic token. Default: null, a fine-grained token, which has none. */
  scopes?: readonly string[] | null;
}

export interface AppSeed {
  id: number;
  slug: string;
  /** PEM */
  publicKey: string;
  installations: readonly InstallationSeed[];
  /** Default: none is set up. */
  hook?: { url: string; secret: string };
}

export interface InstallationSeed {
  id: number;
  /** The organisation that it is installed in. */
  account: string;
  /** Default: all of the account. */
  repositories?: readonly string[];
  /** `{ contents: 'read', checks: 'write' }` */
  permissions: Readonly<Record<string, 'read' | 'write'>>;
}
