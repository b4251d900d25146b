import type { Urgency } from '../../ports/issue-tracker.ts';
import type { Store } from '../../ports/store.ts';
import { createLogger } from '../../runtime/logging.ts';
import { passing, type CredentialKind } from './failures.ts';
import {
  levelOf,
  linearBudgetSchema,
  readBudget,
  shareLeft,
  waitFor,
  type BudgetLevel,
  type LinearBudget,
} from './rate-limit.ts';

const partition = 'budgets';

/** What all processes together may still ask of Linear with one kind of credentials. */
export interface Budget {
  /** @throws UpstreamError that says until when, for a request that has to wait */
  admit(urgency: Urgency): Promise<void>;
  /** Takes note of what an answer tells. @param limited it was refused for the limit */
  observe(headers: Headers, limited: boolean): Promise<void>;
  /** What was told last; undefined when nothing was. */
  current(): LinearBudget | undefined;
}

/** An app and a person have an allowance each. */
export type Budgets = Record<CredentialKind, Budget>;

export function createBudgets(options: { now: () => number; store: Store }): Budgets {
  return { app: createBudget('app', options), 'api-key': createBudget('api-key', options) };
}

/** What was told last, for people to see; undefined when nothing was, or by another version. */
export async function readLinearBudget(store: Store): Promise<LinearBudget | undefined> {
  return latest(await readStored(store, 'app'), await readStored(store, 'api-key'));
}

export function latest(...budgets: (LinearBudget | undefined)[]): LinearBudget | undefined {
  const told = budgets.filter((budget) => budget !== undefined);
  return told.toSorted((a, b) => b.readAt - a.readAt)[0];
}

function keyOf(kind: CredentialKind): string {
  return `linear/${kind}`;
}

async function readStored(store: Store, kind: CredentialKind): Promise<LinearBudget | undefined> {
  const item = await store.get(partition, keyOf(kind));
  return linearBudgetSchema.safeParse(item?.value).data;
}

/** Milliseconds after which what is stored is written anew, also where little has changed. */
const writeEveryMs = 10_000;
/** The share changes by this before it is written sooner. */
const step = 0.05;

/**
 * Kept in the store: all processes share one allowance. What this process was told is as good as what is
 * stored, so the newer of both counts.
 */
function createBudget(
  kind: CredentialKind,
  { now, store }: { now: () => number; store: Store },
): Budget {
  const log = createLogger();
  let known: LinearBudget | undefined;
  let written: LinearBudget | undefined;
  let level: BudgetLevel = 'enough';

  const tell = (budget: LinearBudget, at: number): void => {
    const before = level;
    level = levelOf(budget, at);
    if (level === before) return;
    const until = waitFor('progress', budget, at);
    const fields = {
      left: percent(shareLeft(budget, at)),
      ...(until !== undefined && { until: timeText(until) }),
    };
    if (level === 'enough') log.info('There are enough requests to Linear again', fields);
    else if (budget.pausedUntil > at) log.warn("Linear's rate limit is reached", fields);
    else log.warn('Linear requests are running out', fields);
  };

  return {
    current: () => known,
    admit: async (urgency) => {
      const stored = await readStored(store, kind);
      known = latest(known, stored);
      if (known === undefined) return;
      const at = now();
      tell(known, at);
      const until = waitFor(urgency, known, at);
      if (until !== undefined) throw passing(refusal(urgency, known, { at, until }), 429);
      known = withOneLess(known);
    },
    observe: async (headers, limited) => {
      const at = now();
      const told = readBudget(headers, { now: at, limited });
      if (told === undefined) return;
      // An answer that was under way already does not end the pause that another one has told of.
      known = { ...told, pausedUntil: Math.max(told.pausedUntil, known?.pausedUntil ?? 0) };
      tell(known, at);
      if (!limited && written !== undefined && !isNews(written, known)) return;
      written = known;
      await store.put({ partition, key: keyOf(kind), value: known });
    },
  };
}

/** Those that are asked at the same time do not take the last request together. */
function withOneLess(budget: LinearBudget): LinearBudget {
  const { requests } = budget;
  if (requests === null) return budget;
  return { ...budget, requests: { ...requests, remaining: requests.remaining - 1 } };
}

function isNews(written: LinearBudget, budget: LinearBudget): boolean {
  const { readAt } = budget;
  const steps = (of: LinearBudget) => Math.floor(shareLeft(of, readAt) / step);
  return readAt - written.readAt >= writeEveryMs || steps(written) !== steps(budget);
}

const waits: Record<Urgency, string> = {
  answer: 'Answers wait',
  upkeep: 'Looking for missed changes waits',
  progress: 'Showing progress waits',
};

function refusal(
  urgency: Urgency,
  budget: LinearBudget,
  { at, until }: { at: number; until: number },
): string {
  const reason =
    budget.pausedUntil > at
      ? "Linear's rate limit is reached."
      : `Of the requests that Linear allows, ${percent(shareLeft(budget, at))} are left.`;
  return `${reason} ${waits[urgency]} until ${timeText(until)}.`;
}

function percent(share: number): string {
  return `${Math.max(0, Math.floor(share * 100))} %`;
}

/** To the minute, not too early. @param at milliseconds since the epoch */
function timeText(at: number): string {
  const minute = new Date(Math.ceil(at / 60_000) * 60_000);
  return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
