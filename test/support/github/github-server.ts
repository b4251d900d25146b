import type { JsonObject } from '../../../lib/domain/json-fields.ts';
import { accountAnswers } from './account-answers.ts';
import type { Answers, RepositoryAnswers } from './answer.ts';
import { startApi, type SeenRequest } from './api.ts';
import { appAnswers } from './app-answers.ts';
import { startArchives } from './archives.ts';
import { createCallers } from './callers.ts';
import { checkAnswers } from './check-answers.ts';
import { deliveryAnswers } from './delivery-answers.ts';
import { createFaults, type Scripted } from './faults.ts';
import { hookAnswers } from './hook-answers.ts';
import { startGitServer, type GitRequest } from './git/git-server.ts';
import { issueAnswers } from './issue-answers.ts';
import { pullAnswers } from './pull-answers.ts';
import { describePush, push, type Push, type Pushed } from './pushes.ts';
import { createRateLimits } from './rate-limits.ts';
import { repositoryAnswers } from './repository-answers.ts';
import type { GithubSeed } from './seed.ts';
import { shapeRepository } from './shapes.ts';
import { statusAnswers } from './status-answers.ts';
import {
  createWebhooks,
  type Hook,
  type HookPlace,
  type HookSettings,
  type Webhooks,
} from './webhooks.ts';
import { createWorld, type GithubWorld, type Repository } from './world.ts';

const defaultRateLimit = 5_000;

/** A GitHub on this machine that takes nothing but what GitHub's own description allows. */
export interface GithubServer {
  /** `http://127.0.0.1:PORT`, for GITHUB_API_URL. */
  url: string;
  /** Where git clones and pushes, for GITHUB_SERVER_URL: another origin than the API. */
  serverUrl: string;
  /** What git has asked there, in the order of arrival. */
  gitRequests: GitRequest[];
  /** A repository as git has it now: a bare one in a temporary folder. */
  gitFolder: (repository: string) => Promise<string>;
  /** From now on pushes are refused, in these words; null: they are taken again. */
  refusePushes: (repository: string, words: string | null) => Promise<void>;
  /** Where archives come from: another origin than the API. */
  archivesUrl: string;
  /** In the order of arrival. */
  requests: SeenRequest[];
  /** What archives were asked for with: to be undefined, they hold their own right in their address. */
  archiveAuthorizations: (string | undefined)[];
  /** What GitHub would not have taken, and what it would not have answered. To be empty in the end. */
  violations: string[];
  /** To look into, and to change behind the API's back. @throws where there is none */
  repository: (name: string) => Repository;
  /**
   * Adds a commit and tells the hooks that want to know; settles when they have answered, or failed to.
   * @param options `tell: false` as if GitHub had lost the event
   * @returns the webhook's payload
   */
  push: (repository: string, push: Push, options?: { tell?: boolean }) => Promise<JsonObject>;
  /** Tells the hooks anything else: `issues`, `pull_request`. The repository's data is added. */
  tell: (repository: string, event: string, payload: JsonObject) => Promise<void>;
  /** Of repositories, organisations and the App, with all that they have sent. */
  hooks: Hook[];
  /** Without asking the API. Default: active, unsigned JSON about pushes. */
  addHook: (place: HookPlace, settings: Partial<HookSettings> & { url: string }) => Hook;
  /** When no redelivery and no ping is on its way any more. */
  settled: () => Promise<void>;
  /** Lets the next requests that match fail. */
  script: (scripted: Scripted) => void;
  /** Forgets what was scripted. */
  unscript: () => void;
  /** From now on everybody has so many requests an hour. */
  setRateLimit: (limit: number) => void;
  /** Makes all installation tokens invalid, as an hour would. */
  expireTokens: () => void;
}

/** Listens on free ports of the loopback address until the test has finished. */
export async function startGithubServer(seed: GithubSeed): Promise<GithubServer> {
  const world = createWorld(seed);
  const { app, tokens = [] } = seed;
  const callers = createCallers({ tokens, app, now: world.now });
  const limits = createRateLimits(seed.rateLimit ?? defaultRateLimit, world.now);
  const webhooks = createWebhooks(world, app);
  const faults = createFaults();
  const violations: string[] = [];
  const violate = (problem: string) => void violations.push(problem);
  const archives = await startArchives(seed, world, violate);
  const onPush = (pushed: Pushed) =>
    webhooks.tellSoon({
      event: 'push',
      payload: describePush(pushed),
      repository: pushed.repository,
    });
  const git = await startGitServer({ callers, world, violate, onPush });
  const ofRepositories: RepositoryAnswers = {
    ...repositoryAnswers(({ name }, commit) => `${archives.url}/${name}/${commit}?token=OWN-RIGHT`),
    ...statusAnswers(world),
    ...checkAnswers(world, app),
    ...issueAnswers(world),
    ...pullAnswers(world),
  };
  const others: Answers = {
    ...accountAnswers(limits),
    ...hookAnswers(webhooks, world),
    ...deliveryAnswers(webhooks, world),
    ...(app === undefined ? {} : appAnswers({ app, callers, webhooks, world })),
  };
  const api = await startApi({ callers, faults, limits, ofRepositories, others, violate, world });
  const happenings = happeningsIn(world, webhooks);
  return {
    ...api,
    ...happenings,
    violations,
    serverUrl: git.url,
    gitRequests: git.requests,
    gitFolder: (name) => git.folderOf(happenings.repository(name)),
    refusePushes: (name, words) => git.refusePushes(happenings.repository(name), words),
    archivesUrl: archives.url,
    archiveAuthorizations: archives.authorizations,
    hooks: webhooks.hooks,
    addHook: (place, settings) => webhooks.add(place, { contentType: 'json', ...settings }),
    settled: webhooks.settled,
    script: faults.add,
    unscript: faults.clear,
    setRateLimit: limits.setLimit,
    expireTokens: callers.expireTokens,
  };
}

/** What happens on GitHub without our doing. */
function happeningsIn(
  world: GithubWorld,
  webhooks: Webhooks,
): Pick<GithubServer, 'repository' | 'push' | 'tell'> {
  const find = (name: string): Repository => {
    const found = world.repositories.get(name.toLowerCase());
    if (found === undefined) throw new Error(`This GitHub has no repository ${name}`);
    return found;
  };
  return {
    repository: find,
    push: async (name, wanted, { tell = true } = {}) => {
      const repository = find(name);
      const payload = push(world, repository, wanted);
      if (tell) await webhooks.tell({ event: 'push', payload, repository });
      return payload;
    },
    tell: (name, event, payload) => {
      const repository = find(name);
      const shape = shapeRepository(repository, 'https://api.github.com');
      return webhooks.tell({ event, payload: { repository: shape, ...payload }, repository });
    },
  };
}
