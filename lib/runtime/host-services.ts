import { ConfigError } from '../domain/errors.ts';
import type { AgentProviders } from '../ports/agent-provider.ts';
import type { AgentSessions } from '../ports/agent-sessions.ts';
import type { Bus } from '../ports/bus.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { IssueTracker } from '../ports/issue-tracker.ts';
import type { Leases } from '../ports/leases.ts';
import type { Machine } from '../ports/machine.ts';
import type { Runs } from '../ports/runs.ts';
import type { SecretPresence, SecretStore } from '../ports/secret-store.ts';
import type { SentDeliveries } from '../ports/sent-deliveries.ts';
import type { Store } from '../ports/store.ts';
import type { TrackerAdmin } from '../ports/tracker-admin.ts';
import type { LoadedConfig } from './config.ts';

/** What a local host gives to the functions that run inside it; a deployed function asks AWS instead. */
export interface HostServices {
  /** Coding agents. */
  agents: AgentProviders;
  /** Since when the host has been at work without a gap, in milliseconds since the epoch. */
  awakeSince: () => number;
  bus: Bus;
  codeHost: CodeHost;
  config: LoadedConfig;
  /** Where the host has no work pool that keeps to the limits of flows. Default: it has one. */
  leases?: Leases;
  /** Address of a run's page, for people. */
  linkTo: (runId: string) => string;
  machine: Machine;
  runs: Runs;
  secrets: SecretStore & SecretPresence;
  sentDeliveries: SentDeliveries;
  /** Conversations with our app in Linear. */
  sessions: AgentSessions;
  /** Name of the installation: part of the names of runs. */
  stack: string;
  store: Store;
  tracker: IssueTracker;
  trackerAdmin: TrackerAdmin;
}

let current: HostServices | undefined;

/** To be called before the first function is invoked. */
export function provideHostServices(services: HostServices): void {
  current = services;
}

/** @throws ConfigError outside a host */
export function hostServices(): HostServices {
  if (current !== undefined) return current;
  throw new ConfigError(['this function runs inside the local host only: npm start']);
}
