import type { AgentSessionServices } from '../../lib/flows/agent-session/services.ts';
import { createSessionMemories } from '../../lib/flows/agent-session/session-memory.ts';
import { createAgentRuns } from '../../lib/flows/agents/agent-runs.ts';
import { createAnswerRecords } from '../../lib/flows/answers/answer-records.ts';
import { createIssueAsks } from '../../lib/flows/dispatch/issue-asks.ts';
import type { RunState } from '../../lib/domain/run.ts';
import type { AgentSession, SessionNews, SessionPrompt } from '../../lib/ports/agent-sessions.ts';
import { buildStore } from './dispatch-services.ts';
import { buildDispatchContext } from './events.ts';
import { runSummary } from './runs.ts';

export const sessionId = 'session-1';

/** Where an analysis of `orders` is answered that was asked for in the session. */
export const sessionPlace = {
  kind: 'linear-session',
  id: sessionId,
  identifier: 'ENG-7',
  repository: 'acme/shop',
  component: 'orders',
} as const;

/** ENG-7, about nothing that is configured; a person has called the app without a word. */
export function buildSession(overrides: Partial<AgentSession> = {}): AgentSession {
  return {
    id: sessionId,
    status: 'pending',
    isOurs: true,
    isByPerson: true,
    createdAt: '2026-11-22T10:00:00.000Z',
    issue: { id: 'issue-1', identifier: 'ENG-7', previousIdentifiers: [], title: 'Slow' },
    comment: '',
    prompts: [],
    ...overrides,
  };
}

export function buildPrompt(body: string, overrides: Partial<SessionPrompt> = {}): SessionPrompt {
  const createdAt = '2026-11-22T10:05:00.000Z';
  return { id: 'activity-1', body, isStop: false, isByPerson: true, createdAt, ...overrides };
}

const now = () => Date.parse('2026-11-22T10:06:00.000Z');

/** A session at a tracker that remembers what was said, runs that stay as they are told, a store in memory. */
export function buildSessionServices(session = buildSession()) {
  const store = buildStore(now);
  const shown: SessionNews[] = [];
  const stopped: string[] = [];
  const states = new Map<string, RunState>();
  let current: AgentSession | undefined = session;
  const findByName = async (name: string) => {
    const state = states.get(name);
    return state === undefined ? undefined : runSummary({ id: `run of ${name}`, name, state });
  };
  const services: AgentSessionServices = {
    sessions: {
      isConfigured: async () => true,
      get: async () => current,
      listChanged: async () => [],
      show: async (_session, news) => void shown.push(news),
    },
    memories: createSessionMemories(store, now),
    asks: createIssueAsks({ now, runs: { findByName }, store }),
    runs: {
      findByName,
      getSummary: async () => undefined,
      start: async ({ name }) => {
        states.set(name, 'running');
        return { runId: `run of ${name}`, created: true };
      },
      stop: async (runId) => void stopped.push(runId),
    },
    pause: { get: async () => null },
    answers: createAnswerRecords(store, now),
    agents: {
      agentRuns: createAgentRuns(store, { now, retentionDays: 14 }),
      budget: {
        reserve: async () => undefined,
        take: nobodyAsks,
        release: async () => {},
        withdraw: async () => {},
        heldUntil: async () => undefined,
        view: async () => [],
      },
      providers: { current: () => null, of: () => undefined },
    },
    dispatch: buildDispatchContext(),
    linkTo: (runId) => `https://cicd.example/runs/${runId}`,
    stack: 'test',
    now,
  };
  return {
    services,
    shown,
    stopped,
    setSession: (changed: AgentSession | undefined) => {
      current = changed;
    },
    setRun: (name: string, state: RunState) => void states.set(name, state),
  };
}

const nobodyAsks = () => Promise.reject(new Error('Nobody is to ask that'));
