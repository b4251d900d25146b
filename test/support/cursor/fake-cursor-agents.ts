import { hasEnded, statusAt, type ScriptedLife } from '../agent-service/scripted-life.ts';

/** How a run shall go. */
export interface CursorBehaviour {
  /** Milliseconds until it has ended. Default: 50. */
  afterMs?: number;
  /** In Cursor's words, shown one after the other until then. Default: `CREATING`, `RUNNING`. */
  statuses?: string[];
  /** Default: `FINISHED`. */
  finalStatus?: string;
  /** What the agent answers in the end. Default: `Done.` */
  result?: string;
  /** It does not end: the last of `statuses` stays. Default: false. */
  never?: boolean;
  /** There in the end. Default: none. */
  branches?: { repoUrl: string; branch?: string; prUrl?: string }[];
}

export interface FakeCursorRun {
  readonly id: string;
  readonly agentId: string;
  readonly prompt: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly status: string;
  readonly hasEnded: boolean;
  /** As Cursor shows it, as of now. */
  body(): Record<string, unknown>;
}

export interface FakeCursorAgent {
  readonly id: string;
  readonly name: string | null;
  readonly repositoryUrl: string | null;
  readonly startingRef: string | null;
  readonly autoCreatePR: boolean;
  readonly model: string | null;
  readonly createdAt: number;
  /** Oldest first. */
  readonly runs: FakeCursorRun[];
}

export interface FakeCursorAgents {
  /** Oldest first. */
  all: readonly FakeCursorAgent[];
  behave(behaviour: (run: FakeCursorRun) => CursorBehaviour): void;
  add(agent: Omit<FakeCursorAgent, 'id' | 'createdAt' | 'runs'>): FakeCursorAgent;
  startRun(agent: FakeCursorAgent, prompt: string): FakeCursorRun;
  cancel(run: FakeCursorRun): void;
}

const usualBehaviour = (): CursorBehaviour => ({});

export function createFakeCursorAgents(now: () => number): FakeCursorAgents {
  const all: FakeCursorAgent[] = [];
  const lives = new Map<string, ScriptedLife & CursorBehaviour>();
  let behaviourOf: (run: FakeCursorRun) => CursorBehaviour = usualBehaviour;

  const lifeOf = (id: string) => lives.get(id) ?? newLife({}, now());

  return {
    all,
    behave: (behaviour) => {
      behaviourOf = behaviour;
    },
    add: (agent) => {
      const id = `bc-${String(all.length + 1).padStart(4, '0')}`;
      const added = { ...agent, id, createdAt: now(), runs: [] };
      all.push(added);
      return added;
    },
    startRun: (agent, prompt) => {
      const id = `run-${agent.id}-${agent.runs.length + 1}`;
      const run: FakeCursorRun = {
        id,
        agentId: agent.id,
        prompt,
        startedAt: now(),
        get status() {
          return statusAt(lifeOf(id), now());
        },
        get hasEnded() {
          return hasEnded(lifeOf(id), now());
        },
        body: () => runBody(run, lifeOf(id)),
      };
      agent.runs.push(run);
      lives.set(id, newLife(behaviourOf(run), now()));
      return run;
    },
    cancel: ({ id }) => {
      lives.set(id, newLife({ afterMs: 0, finalStatus: 'CANCELLED' }, now()));
    },
  };
}

/** Without what is not there yet: Cursor leaves it out. */
function runBody(run: FakeCursorRun, life: CursorBehaviour): Record<string, unknown> {
  const { agentId, id, startedAt, status } = run;
  const time = new Date(startedAt).toISOString();
  const shown = { id, agentId, status, createdAt: time, updatedAt: time };
  if (!run.hasEnded || status === 'CANCELLED') return shown;
  return {
    ...shown,
    durationMs: life.afterMs,
    result: life.result,
    git: { branches: life.branches ?? [] },
  };
}

function newLife(behaviour: CursorBehaviour, startedAt: number) {
  const usual = {
    afterMs: 50,
    statuses: ['CREATING', 'RUNNING'],
    finalStatus: 'FINISHED',
    result: 'Done.',
    never: false,
  };
  return { startedAt, ...usual, ...behaviour };
}
