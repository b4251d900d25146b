import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../loopback.ts';
import { createAccess, testCredentials } from './access.ts';
import { answerRequest, type ServerParts } from './answer-request.ts';
import { attachmentMutations, commentMutations, issueMutations } from './issue-mutations.ts';
import { peoplesActs, type PeoplesActs } from './people.ts';
import { queriesOf } from './queries.ts';
import { createRateLimiter, usualLimits, type RateLimits } from './rate-limit.ts';
import type { SeenRequest } from './requests.ts';
import { linearSchema } from './schema.ts';
import { createScript, type ScriptedFault } from './script.ts';
import { sessionActs, type SessionActs } from './session-acts.ts';
import { sessionMutations, sessionSnapshot, type SessionSnapshot } from './sessions.ts';
import { labelMutations, webhookMutations } from './setup-mutations.ts';
import { issueSnapshot, type IssueSnapshot } from './snapshots.ts';
import type { WebhookPayload } from './entities.ts';
import { createWorld, type LinearSeed, type LinearWorld } from './world.ts';

export interface LinearServerSeed extends LinearSeed {
  limits: Partial<RateLimits>;
  /** HTTP status of an answer in which nothing that was asked for is there. Default: 200. */
  refusalStatus: 200 | 400;
}

export interface LinearServer {
  /** `http://127.0.0.1:PORT/graphql`, the address to be given as LINEAR_API_URL. */
  url: string;
  /** Those that the server accepts. */
  credentials: typeof testCredentials;
  /** What requests did that Linear would refuse, or that no client should do. Empty in a good test. */
  violations: string[];
  /** Of the API, in order; those that were refused are among it. */
  requests: SeenRequest[];
  /** When tokens were asked for, milliseconds since 1970. */
  tokenRequests: number[];
  /** Ids of what was to be made a second time. */
  duplicates: readonly string[];
  /** What webhooks get of everything that happened, the system's own writes included, in order. */
  payloads: readonly WebhookPayload[];
  world: LinearWorld;
  act: PeoplesActs & SessionActs;
  /** The issue as it is now. @throws Error when there is none */
  issue(identifier: string): IssueSnapshot;
  /** The session as it is now. @throws Error when there is none */
  session(id: string): SessionSnapshot;
  /** Faults for the next requests. */
  script(faults: readonly ScriptedFault[]): void;
  clearScript(): void;
  setLimits(limits: Partial<RateLimits>): void;
  revokeTokens(): void;
  setAdmin(isAdmin: boolean): void;
}

/**
 * A Linear that validates every request against the schema and remembers what was done to it, until the test
 * has finished.
 */
export async function startLinearServer(
  seed: Partial<LinearServerSeed> = {},
): Promise<LinearServer> {
  // Now, so that no request waits for it.
  linearSchema();
  const parts = createParts(seed);
  const { world, access, limiter, script, violations, requests } = parts;
  const server = createServer((request, response) => void answerRequest(parts, request, response));
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    credentials: testCredentials,
    violations,
    requests,
    tokenRequests: parts.tokenRequests,
    duplicates: world.duplicates,
    payloads: world.payloads,
    world,
    act: { ...peoplesActs(world), ...sessionActs(world) },
    issue: (identifier) => issueSnapshot(world, identifier),
    session: (id) => sessionSnapshot(world, id),
    script: (faults) => script.add(faults),
    clearScript: () => script.clear(),
    setLimits: (limits) => limiter.setLimits(limits),
    revokeTokens: () => access.revokeTokens(),
    setAdmin: (isAdmin) => access.setAdmin(isAdmin),
  };
}

function createParts(seed: Partial<LinearServerSeed>): ServerParts {
  const world = createWorld(seed);
  const limiter = createRateLimiter(world.now, { ...usualLimits, ...seed.limits });
  return {
    world,
    limiter,
    access: createAccess(world.now),
    script: createScript(),
    resolvers: {
      ...queriesOf(world, limiter),
      ...commentMutations(world),
      ...attachmentMutations(world),
      ...issueMutations(world),
      ...labelMutations(world),
      ...webhookMutations(world),
      ...sessionMutations(world),
    },
    violations: [],
    requests: [],
    tokenRequests: [],
    refusalStatus: seed.refusalStatus ?? 200,
  };
}
