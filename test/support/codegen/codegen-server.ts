import {
  startJsonService,
  type JsonRequest,
  type SeenRequest,
  type ServiceFault,
} from '../agent-service/json-service.ts';
import { createSlidingWindow } from '../agent-service/sliding-window.ts';
import { errorAnswer, type ErrorShape } from './answers.ts';
import { createFakeAgentRuns, type Behaviour, type FakeAgentRun } from './fake-agent-runs.ts';
import {
  answerOperation,
  type CodegenLimits,
  type CodegenRepository,
  type OperationParts,
} from './operations.ts';

export interface CodegenServerOptions {
  /** Default: `acme/shop` with the number 7. */
  repositories?: readonly CodegenRepository[];
  /** Default: those of the real one, 10 creations a minute and 60 requests in 30 s. */
  limits?: Partial<CodegenLimits>;
  /** Default: `message`. */
  errorShape?: ErrorShape;
  /** Milliseconds until a new agent run shows: Codegen takes its time to carry out what it was asked. Default: 0. */
  showsAfterMs?: number;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

export interface CodegenServer {
  /** To be given as CODEGEN_API_URL. */
  url: string;
  /** The one that the server accepts, for CODEGEN_API_TOKEN. */
  token: string;
  /** For CODEGEN_ORG_ID. */
  orgId: string;
  /** Oldest first; they show how they stand now. */
  agentRuns: readonly FakeAgentRun[];
  /** How many agent runs went on at the same time, at most. */
  readonly mostRunning: number;
  /** In order; those that were refused are among them. */
  requests: readonly SeenRequest[];
  /** What requests did that Codegen's description does not have. Empty in a good test. */
  violations: string[];
  /** How agent runs go that are started or resumed from now on. Default: `COMPLETE` after 50 ms. */
  behave(behaviour: (run: FakeAgentRun) => Behaviour): void;
  /** Can be changed. */
  limits: CodegenLimits;
  /** From now on the plan allows so many agent runs in all: more get 402. */
  setQuota(agentRuns: number): void;
  /** From now on only this token is accepted. */
  changeToken(token: string): void;
  /** For requests to come. */
  addFaults(faults: readonly ServiceFault[]): void;
  close(): Promise<void>;
}

const usualLimits: CodegenLimits = { creationsPerMinute: 10, requestsPer30s: 60 };

/** A Codegen made from the description of its API, on a free port until it is closed. */
export async function startCodegenServer(
  options: CodegenServerOptions = {},
): Promise<CodegenServer> {
  const { now = Date.now } = options;
  const parts = createParts(options, now);
  const organisation = 42;
  let token = 'codegen-token-of-no-worth';
  let quota = Infinity;

  const answer = (request: JsonRequest) => {
    if (request.authorization !== `Bearer ${token}`) return errorAnswer(401, parts.errorShape);
    return answerOperation({ ...parts, organisation, quota: () => quota }, request);
  };
  const service = await startJsonService(answer);
  const { limits, runs, violations } = parts;
  return {
    url: service.url,
    get token() {
      return token;
    },
    orgId: String(organisation),
    agentRuns: runs.all,
    get mostRunning() {
      return runs.mostRunning();
    },
    requests: service.requests,
    violations,
    behave: (behaviour) => runs.behave(behaviour),
    limits,
    setQuota: (agentRuns) => {
      quota = agentRuns;
    },
    changeToken: (changed) => {
      token = changed;
    },
    addFaults: (faults) => service.addFaults(faults),
    close: async () => await service.close(),
  };
}

function createParts(
  { errorShape = 'message', limits, repositories, showsAfterMs = 0 }: CodegenServerOptions,
  now: () => number,
): Omit<OperationParts, 'organisation' | 'quota'> {
  return {
    runs: createFakeAgentRuns(now),
    shows: ({ startedAt }) => now() >= startedAt + showsAfterMs,
    repositories: repositories ?? [{ id: 7, full_name: 'acme/shop' }],
    limits: { ...usualLimits, ...limits },
    creations: createSlidingWindow(60_000, now),
    others: createSlidingWindow(30_000, now),
    violations: [],
    errorShape,
  };
}
