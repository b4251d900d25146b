import type {
  AgentProviderName,
  AgentPullRequest,
  AgentRunState,
} from '../domain/agents/agent-run.ts';
import type { Source } from '../domain/source.ts';

/**
 * Where coding agents run. All methods throw UpstreamError: retryable where the service failed in passing or a
 * limit is reached (429), else with words that say what a person has to change (token, organisation, quota).
 */
export interface AgentProvider {
  readonly name: AgentProviderName;
  /** Whether it could be asked at all: credentials or a command are set. Asks nobody. */
  isConfigured(): Promise<boolean>;
  /**
   * Starts the agent run of this id. Where an earlier call may have got through, `find` is asked first; a provider
   * without it finds what that call has started by itself.
   */
  start(request: AgentRequest): Promise<AgentRunView>;
  /**
   * The agent run of our id that an earlier start may have left, without starting one; undefined when there is none,
   * and none will come. While that is not known it throws, as retryable. Absent where the provider cannot tell.
   */
  find?(id: string, asked: EarlierStarts): Promise<AgentRunView | undefined>;
  /** How it stands; undefined when the provider does not know it (any more). */
  get(providerId: string): Promise<AgentRunView | undefined>;
  /** Ends it; without effect on one that has ended. Absent where the provider cannot. */
  cancel?(providerId: string): Promise<void>;
  /** Gives a run that waits, or has ended, something more to do. Absent where the provider cannot. */
  resume?(providerId: string, prompt: string): Promise<AgentRunView>;
  /** What it did, oldest first. Absent where the provider does not tell. */
  logs?(providerId: string, page: AgentLogQuery): Promise<AgentLogPage>;
  /** A cheap authenticated call that starts nothing. */
  probe(): Promise<AgentProbe>;
}

/** The providers of an installation. */
export interface AgentProviders {
  /** Which the configuration names; null where it wants none. */
  current(): AgentProvider | null;
  /** For agent runs of the past too; undefined where there is no such provider on this host. */
  of(name: AgentProviderName): AgentProvider | undefined;
}

/** Calls that may have started an agent run. Times in ISO 8601 UTC. */
export interface EarlierStarts {
  /** When the first was made. */
  askedSince: string;
  /** When the last was made, while nobody knows what came of it: it may still be under way. */
  lastAskedAt?: string | undefined;
}

export interface AgentRequest {
  /** Ours, a UUID. */
  id: string;
  /** For people, one line: `code quality of lib`. */
  title: string;
  prompt: string;
  /** `owner/name`, or the name of a folder. */
  repository: string;
  source: Source;
  /** The commit that was analysed, 40 hex digits; null where the source knows none. */
  commit: string | null;
  /** Whether it may change code: the changes come as a pull request. A hosted agent is asked to keep to it. */
  mayChangeCode: boolean;
  /** ISO 8601 UTC. */
  deadline: string;
}

export interface AgentRunView {
  providerId: string;
  state: AgentRunState;
  /** The provider's own word for the state. */
  status: string;
  /** What the agent has answered; null while it has not, or where it was silent. Text from outside, any length. */
  text: string | null;
  /** Its page, http or https; null where it has none. */
  url: string | null;
  pullRequests: AgentPullRequest[];
  /** ISO 8601 UTC; null where the provider does not tell. */
  createdAt: string | null;
  /** When the agent has stopped, ISO 8601 UTC; null while it has not, and where the provider does not tell. */
  endedAt: string | null;
  /** Why it has not succeeded, in words; null where nothing is known. */
  problem: string | null;
}

export interface AgentLogQuery {
  /** Entries to leave out from the start. */
  skip: number;
  /** Entries at most, 1 to 100. */
  limit: number;
}

export interface AgentLogPage {
  entries: AgentLogEntry[];
  /** Entries in all, as far as the provider tells; null where it does not. */
  total: number | null;
}

export interface AgentLogEntry {
  /** ISO 8601 UTC; null where the provider does not tell. */
  at: string | null;
  /** In the provider's words: `ACTION`, `stdout`. */
  kind: string;
  /** Text from outside. */
  text: string;
}

export interface AgentProbe {
  /** Whose credentials these are, for people: `jane@acme.com in organisation 42`. */
  account: string;
}
