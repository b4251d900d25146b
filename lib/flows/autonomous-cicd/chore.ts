import type { DispatchContext } from '../../domain/dispatch/decision.ts';
import type { AgentSessions } from '../../ports/agent-sessions.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { IssueTracker } from '../../ports/issue-tracker.ts';
import type { Runs } from '../../ports/runs.ts';
import type { SecretPresence } from '../../ports/secret-store.ts';
import type { SentDeliveries } from '../../ports/sent-deliveries.ts';
import type { Store } from '../../ports/store.ts';
import type { TrackerAdmin } from '../../ports/tracker-admin.ts';
import type { WebhookSender } from '../../ports/webhook-sender.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import type { TaskContext } from '../../runtime/flow-context.ts';
import type { AgentServices } from '../agents/agent-services.ts';
import type { AgentPause } from '../agent-pause.ts';
import type { SessionMemories } from '../agent-session/session-memory.ts';
import type { OwedAnswers } from '../answers/owed-answers.ts';
import type { DeliveryRecords } from '../dispatch/delivery-records.ts';
import type { KnownRequests } from '../dispatch/known-requests.ts';
import type { ToldPushes } from '../dispatch/told-pushes.ts';
import type { Tracking } from '../tracking/tracking.ts';
import type { FairOrder } from './fair-order.ts';

export interface CicdServices {
  bus: Bus;
  deliveries: Pick<DeliveryRecords, 'get' | 'list' | 'listPending' | 'reopen'>;
  /** What was told already, so that nothing is told twice. */
  requests: Pick<KnownRequests, 'admit' | 'isKnown'>;
  pushes: Pick<ToldPushes, 'list'>;
  runs: Pick<Runs, 'get' | 'getSummary' | 'list' | 'retry' | 'start' | 'stop'>;
  agents: Pick<AgentServices, 'agentRuns' | 'budget' | 'deferred' | 'now' | 'providers'>;
  pause: Pick<AgentPause, 'get'>;
  clock: Clock;
  /** Keeps what one tick leaves for the next. */
  store: Store;
  config: LoadedConfig;
  /** By which a change is told from a request. */
  dispatch: DispatchContext;
  tracker: Pick<IssueTracker, 'isConfigured' | 'listRequests'>;
  sessions: Pick<AgentSessions, 'isConfigured' | 'listChanged'>;
  sessionMemories: Pick<SessionMemories, 'get'>;
  trackerAdmin: Pick<TrackerAdmin, 'listWebhooks'>;
  codeHost: Pick<CodeHost, 'isConfigured' | 'getHead' | 'listChangedPaths'>;
  sentDeliveries: SentDeliveries;
  /** Without the secret of a sender's webhooks nothing of it can have been meant for us. */
  secrets: SecretPresence;
  /** Makes an event of what the code host has sent, as its webhook function does. */
  normalise: WebhookSender['normalise'];
  answers: OwedAnswers;
  tracking: Pick<Tracking, 'update'>;
  /** One for all runs of a process. */
  order: FairOrder;
  /** They come again by themselves. */
  scheduledFlows: readonly string[];
  /** Since when runs could move, without a gap: milliseconds since the epoch. */
  awakeSince: () => number;
}

/** One kind of things that do not go on by themselves. */
export interface Chore<Item> {
  /** What is looked for, in the plural: names the tasks. */
  name: string;
  /** Items that one tick works off. Default: 20. */
  mostAtOnce?: number;
  /**
   * Oldest first. Changes nothing but what is remembered of the looking: what is found and not worked off
   * is found again.
   */
  find(services: CicdServices, looking: Looking): Promise<Item[]>;
  /** Those of what was found that can be worked off now, in their order. Default: all. */
  choose?(found: readonly Item[], services: CicdServices): Promise<readonly Item[]>;
  /** Doing it again changes nothing: a run that is cut off in the middle does it twice. */
  workOff(item: Item, services: CicdServices): Promise<void>;
}

/** How a chore says that it could not look everywhere. */
export interface Looking {
  log: TaskContext['log'];
  /** Fails the run, after everything else was tried. */
  report(problem: string): void;
}
