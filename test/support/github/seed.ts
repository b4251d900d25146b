import type { RequestListener } from 'node:http';

/** What a test server knows when it starts. */
export interface GithubSeed {
  repositories?: readonly RepositorySeed[];
  tokens?: readonly TokenSeed[];
  app?: AppSeed;
  /** Owners of repositories that are people. Default: all are organisations. */
  users?: readonly string[];
  /** Answers in place of the host that has the archives. */
  archives?: RequestListener;
  /** Requests an hour of everybody who says who they are. Default: 5,000. */
  rateLimit?: number;
  /** Milliseconds since the epoch. Default: the clock of this machine. */
  now?: () => number;
}

export interface RepositorySeed {
  /** `acme/shop` */
  name: string;
  /** Default: `main`. */
  defaultBranch?: string;
  /** Default: public. */
  private?: boolean;
  /** Of the first commit; null for a repository without any. Default: a README. */
  files?: Readonly<Record<string, string>> | null;
  /** Name of the first commit, 40 hex digits. Default: one made of the content. */
  commit?: string;
  /** Written by `ada`; GitHub lists pull requests among the issues. */
  issues?: readonly { title: string; body?: string; isPullRequest?: boolean }[];
}

/** Each may do what those before it may. */
export const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A personal access token. */
export interface TokenSeed {
  token: string;
  /** Default: `ada`. */
  login?: string;
  /** Of the user in every repository and organisation. Default: `admin`. */
  role?: Role;
  /** Of a classic token. Default: null, a fine-grained token, which has none. */
  scopes?: readonly string[] | null;
  /** ISO 8601 UTC. Default: never. */
  expiresAt?: string;
}

export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface AppSeed {
  id: number;
  slug: string;
  clientId: string;
  /** PEM */
  publicKey: string;
  installations: readonly InstallationSeed[];
  /** Where the App's own webhook points. Default: none is set up. */
  hook?: { url: string; secret: string };
  /** What its webhook tells. Default: `push` and `pull_request`. */
  events?: readonly string[];
}

export interface InstallationSeed {
  id: number;
  /** The organisation or user that has installed it. */
  account: string;
  /** `acme/shop`. Default: all of the account. */
  repositories?: readonly string[];
  /** `{ contents: 'read', checks: 'write' }`; `metadata: 'read'` always comes with it. */
  permissions: Permissions;
}
