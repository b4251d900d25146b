import type {
  BudgetDecision,
  BudgetUse,
  Refused,
} from '../../domain/agents/budget/budget-decision.ts';
import {
  budgetStateSchema,
  currentState,
  endOfState,
  unusedBudget,
  withoutStart,
  withoutUnused,
  type BudgetState,
} from '../../domain/agents/budget/budget-state.ts';
import { listUses } from '../../domain/agents/budget/budget-uses.ts';
import { decideStart } from '../../domain/agents/budget/decide-start.ts';
import { reserveStarts, type AskedAnalysis } from '../../domain/agents/budget/reserve-starts.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { countMetric } from '../../runtime/metrics.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { AgentPause } from '../agent-pause.ts';
import { changeItem } from '../change-item.ts';

/** What agents may cost, for all processes together. All methods throw UpstreamError when the store cannot be used. */
export interface AgentBudget {
  /**
   * Why an analysis is to ask none of its agents today; undefined where it may ask all. Then the day keeps a start for
   * each of them, for 6 hours or until it is released. Asked again for the same ids, they count once.
   */
  reserve(analysis: AskedAnalysis): Promise<Refused | undefined>;
  /**
   * To be asked right before an agent run is started. Granted, it holds a place among the concurrent ones until it is
   * released or its lease runs out; asked again for the same id, it is granted again and counts once, unless starts
   * have been paused since. A refusal takes no place back.
   */
  take(start: AgentStart): Promise<BudgetDecision>;
  /** Gives its place back, and a start that was reserved only. Without effect when it has neither. */
  release(id: string): Promise<void>;
  /** Gives its place back, and counts it no more: nothing was started. Without effect when it was not granted. */
  withdraw(id: string): Promise<void>;
  /** When its lease runs out, ISO 8601 UTC; undefined when it holds no place. */
  heldUntil(id: string): Promise<string | undefined>;
  /** For people: what is used, and of how much. */
  view(): Promise<BudgetUse[]>;
}

export interface AgentStart {
  /** Of the agent run. */
  id: string;
  repository: string;
  /** The same for every run of one cause and analysis. */
  cause: string;
}

const place = { partition: 'agents', key: 'budget' };

/** An agent run that ends late is to be read before its place is given to another. */
const minutesAfterDeadline = 5;

/**
 * Budgets in one item: all that counts stands in it, so that the write which adds a start is made only over the very
 * state in which there was room. The limits hold whatever other processes do at the same time.
 */
export function createAgentBudget({
  now,
  pause,
  settings,
  store,
}: {
  store: Store;
  pause: Pick<AgentPause, 'get'>;
  settings: Config['agents'];
  /** Milliseconds since the epoch. */
  now: () => number;
}): AgentBudget {
  const limits = settings.budget;
  const leaseMs = (settings.deadlineMinutes + minutesAfterDeadline) * 60_000;

  const takeBack = (change: (state: BudgetState) => BudgetState): Promise<void> =>
    changeItem(store, place, (item) => {
      const before = currentState(stateIn(item), now());
      const after = change(before);
      const isLess = sizeOf(after) < sizeOf(before);
      return isLess ? contentOf(after) : undefined;
    });

  return {
    async reserve(asked) {
      const analysis = keptOf(asked);
      const paused = await pause.get();
      let refused: Refused | undefined;
      await changeItem(store, place, (item) => {
        const next = reserveStarts(stateIn(item), analysis, { limits, paused, now: now() });
        ({ refused } = next);
        return refused === undefined ? contentOf(next.state) : undefined;
      });
      if (refused !== undefined) count(refused);
      return refused;
    },

    async take({ cause, id, repository }) {
      const start = { id, repository: shortName(repository), cause: digest(cause) };
      const paused = await pause.get();
      let decision: BudgetDecision = { kind: 'granted' };
      await changeItem(store, place, (item) => {
        const terms = { limits, paused, now: now(), leaseMs };
        const next = decideStart(stateIn(item), start, terms);
        ({ decision } = next);
        return decision.kind === 'granted' ? contentOf(next.state) : undefined;
      });
      return counted(decision);
    },

    release: (id) => takeBack((state) => withoutUnused(state, id)),

    withdraw: (id) => takeBack((state) => withoutStart(state, id)),

    async heldUntil(id) {
      const { holders } = currentState(stateIn(await store.get(place.partition, place.key)), now());
      const holder = holders.find((one) => one.id === id);
      return holder && new Date(holder.until).toISOString();
    },

    view: async () => {
      const item = await store.get(place.partition, place.key);
      return listUses(stateIn(item), { limits, now: now() });
    },
  };
}

/** As it finds room in the item. */
function keptOf({ repository, wanted }: AskedAnalysis): AskedAnalysis {
  return {
    repository: shortName(repository),
    wanted: wanted.map(({ cause, id }) => ({ id, cause: digest(cause) })),
  };
}

function sizeOf({ holders, starts }: BudgetState): number {
  return holders.length + starts.length;
}

function counted(decision: BudgetDecision): BudgetDecision {
  if (decision.kind === 'refused') count(decision);
  return decision;
}

function count({ limit }: Refused): void {
  countMetric('AgentRunRefused', { reason: limit === 'repository-day' ? 'day' : limit });
}

/** What cannot be read was not written by this program, and uses nothing. */
function stateIn(item: VersionedItem | undefined): BudgetState {
  return budgetStateSchema.safeParse(item?.value).data ?? unusedBudget;
}

function contentOf(state: BudgetState): { value: BudgetState; expiresAt: number } {
  return { value: state, expiresAt: endOfState(state) };
}

/** A thousand starts have to find room in an item: what stands for a cause is short. */
function digest(text: string): string {
  return stableId(text).slice(0, 8);
}

const usualName = /^[\w./-]{1,60}$/;

/** Repositories on GitHub keep their names; a folder's may have any length. */
function shortName(repository: string): string {
  if (usualName.test(repository)) return repository;
  return `${repository.replaceAll(/[^\w./-]/g, '_').slice(0, 40)}~${digest(repository)}`;
}
