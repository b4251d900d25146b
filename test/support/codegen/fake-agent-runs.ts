import { hasEnded, statusAt, type ScriptedLife } from '../agent-service/scripted-life.ts';

/** How an agent run shall go, from its start or from where it was resumed. */
export interface Behaviour {
  /** Milliseconds until it has ended. Default: 50. */
  afterMs?: number;
  /** In Codegen's words, shown one after the other until then. Default: `ACTIVE`. */
  statuses?: string[];
  /** Default: `COMPLETE`. */
  finalStatus?: string;
  /** What the agent answers in the end. Default: `Done.` */
  result?: string | null;
  /** It does not end: the last of `statuses` stays. Default: false. */
  never?: boolean;
  /** There in the end. Default: none. */
  pullRequests?: FakePullRequest[];
}

/** As Codegen shows it. */
export interface FakePullRequest {
  id: number;
  title: string | null;
  url: string | null;
  created_at: string;
  head_branch_name: string | null;
}

export interface FakeAgentRun {
  readonly id: number;
  /** The one that it was started with. */
  readonly prompt: string;
  /** All of them: a resumed run has been told more. */
  readonly prompts: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly repositoryId: number | null;
  readonly model: string | null;
  readonly agentType: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** In Codegen's words, as of now. */
  readonly status: string;
  readonly hasEnded: boolean;
  /** What is there of an answer, as of now. */
  readonly result: string | null;
  readonly pullRequests: readonly FakePullRequest[];
}

export interface NewAgentRun {
  prompt: string;
  metadata: Record<string, unknown> | null;
  repositoryId: number | null;
  model: string | null;
  agentType: string | null;
}

export interface FakeAgentRuns {
  /** Oldest first. */
  all: readonly FakeAgentRun[];
  /** At any time so far, together. */
  mostRunning(): number;
  behave(behaviour: (run: FakeAgentRun) => Behaviour): void;
  start(run: NewAgentRun): FakeAgentRun;
  resume(run: FakeAgentRun, prompt: string): void;
}

const firstId = 1_001;

export function createFakeAgentRuns(now: () => number): FakeAgentRuns {
  const all: FakeAgentRun[] = [];
  const lives = new Map<number, ScriptedLife & Pick<Behaviour, 'pullRequests' | 'result'>>();
  let behaviourOf = (_run: FakeAgentRun): Behaviour => ({});
  let mostRunning = 0;

  const lifeOf = (id: number) => lives.get(id) ?? newLife({}, now());
  const endedLife = (id: number) => {
    const life = lifeOf(id);
    return hasEnded(life, now()) ? life : undefined;
  };
  const beginLife = (run: FakeAgentRun): void => {
    lives.set(run.id, newLife(behaviourOf(run), now()));
    const running = all.filter(({ id }) => endedLife(id) === undefined);
    mostRunning = Math.max(mostRunning, running.length);
  };

  return {
    all,
    mostRunning: () => mostRunning,
    behave: (behaviour) => {
      behaviourOf = behaviour;
    },
    start: (request) => {
      const id = firstId + all.length;
      const run: FakeAgentRun = {
        id,
        ...request,
        prompts: [request.prompt],
        startedAt: now(),
        get status() {
          return statusAt(lifeOf(id), now());
        },
        get hasEnded() {
          return endedLife(id) !== undefined;
        },
        get result() {
          return endedLife(id)?.result ?? null;
        },
        get pullRequests() {
          return endedLife(id)?.pullRequests ?? [];
        },
      };
      all.push(run);
      beginLife(run);
      return run;
    },
    resume: (run, prompt) => {
      Object.assign(run, { prompts: [...run.prompts, prompt] });
      beginLife(run);
    },
  };
}

function newLife(behaviour: Behaviour, startedAt: number) {
  const usual = {
    afterMs: 50,
    statuses: ['ACTIVE'],
    finalStatus: 'COMPLETE',
    result: 'Done.',
    never: false,
    pullRequests: [],
  };
  return { startedAt, ...usual, ...behaviour };
}
