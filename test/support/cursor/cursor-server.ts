import {
  startJsonService,
  type JsonRequest,
  type SeenRequest,
  type ServiceFault,
} from '../agent-service/json-service.ts';
import { createSlidingWindow } from '../agent-service/sliding-window.ts';
import {
  createFakeCursorAgents,
  type CursorBehaviour,
  type FakeCursorAgent,
  type FakeCursorRun,
} from './fake-cursor-agents.ts';
import { answerOperation, errorAnswer, type OperationParts } from './operations.ts';

export interface CursorServerOptions {
  /** Default: `https://github.com/acme/shop`. */
  repositoryUrls?: readonly string[];
  /** Requests of a key within a minute. Default: 1,000. */
  requestsPerMinute?: number;
  /** Milliseconds since the epoch. Default: the clock. */
  now?: () => number;
}

export interface CursorServer {
  /** To be given as CURSOR_API_URL. */
  url: string;
  /** The one that the server accepts, for CURSOR_API_KEY. */
  key: string;
  /** Oldest first. */
  agents: readonly FakeCursorAgent[];
  /** In order; those that were refused are among them. */
  requests: readonly SeenRequest[];
  /** What requests did that Cursor's description does not have. Empty in a good test. */
  violations: string[];
  /** How runs go that start from now on. Default: `FINISHED` after 50 ms. */
  behave(behaviour: (run: FakeCursorRun) => CursorBehaviour): void;
  /** For requests to come. */
  addFaults(faults: readonly ServiceFault[]): void;
  close(): Promise<void>;
}

/** A Cursor made from the description of its Cloud Agents API, on a free port until it is closed. */
export async function startCursorServer(options: CursorServerOptions = {}): Promise<CursorServer> {
  const { now = Date.now, repositoryUrls, requestsPerMinute = 1_000 } = options;
  const key = 'cursor-key-of-no-worth';
  const requests = createSlidingWindow(60_000, now);
  const parts: OperationParts = {
    agents: createFakeCursorAgents(now),
    repositoryUrls: repositoryUrls ?? ['https://github.com/acme/shop'],
    violations: [],
    answered: new Map(),
  };
  const answer = (request: JsonRequest) => {
    if (request.authorization !== `Bearer ${key}`) {
      return errorAnswer(401, 'unauthorized', 'Invalid API key');
    }
    if (requests.take(requestsPerMinute)) return answerOperation(parts, request);
    return errorAnswer(429, 'rate_limited', 'Too many requests');
  };
  const service = await startJsonService(answer);
  return {
    url: service.url,
    key,
    agents: parts.agents.all,
    requests: service.requests,
    violations: parts.violations,
    behave: (behaviour) => parts.agents.behave(behaviour),
    addFaults: (faults) => service.addFaults(faults),
    close: async () => await service.close(),
  };
}
